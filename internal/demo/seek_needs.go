package demo

import "github.com/relais-snp/relais/internal/attribution"

// need is what a patient needs of a médecin traitant.
type need struct {
	criteria   []attribution.Criterion // without Aged70, which comes from the age
	from, to   int                     // years of age
	home       bool                    // cannot come to a cabinet
	woman      bool
	disease    string
	medication string
	synthesis  string // names nobody
}

// ald are the needs of patients with a long-term condition (affection de longue
// durée), who come first like those of needs[1].
var ald = []need{
	{criteria: list(attribution.ALD), from: 48, to: 79, disease: "Diabète de type 2", medication: "Metformine, insuline lente",
		synthesis: "Diabète de type 2, équilibre correct. Ordonnance à renouveler sous deux mois, bilan annuel à prévoir. Vient sans aide au cabinet."},
	{criteria: list(attribution.ALD, attribution.MTGone), from: 62, to: 84, disease: "Insuffisance cardiaque", medication: "Bisoprolol, furosémide, ramipril",
		synthesis: "Insuffisance cardiaque stable, suivie par un cardiologue deux fois par an. Médecin parti à la retraite ; une infirmière passe chaque semaine."},
	{criteria: list(attribution.ALD, attribution.C2S), from: 50, to: 72, disease: "BPCO", medication: "Traitement inhalé, oxygène la nuit",
		synthesis: "BPCO sous oxygène la nuit, deux exacerbations cette année passées par les urgences. A arrêté de fumer. Se déplace en voiture."},
	{criteria: list(attribution.ALD), from: 42, to: 66, woman: true, disease: "Cancer du sein en surveillance", medication: "Hormonothérapie",
		synthesis: "Surveillance d’un cancer du sein traité il y a trois ans. Suivi partagé avec l’oncologue, tous les six mois. Travaille à temps plein."},
	{criteria: list(attribution.ALD, attribution.Disability), from: 55, to: 78, disease: "Maladie de Parkinson", medication: "Lévodopa",
		synthesis: "Maladie de Parkinson, aide à domicile chaque jour. Se déplace avec une aide ; un cabinet de plain-pied est nécessaire."},
	{criteria: list(attribution.ALD, attribution.HospitalExit), from: 58, to: 82, disease: "Suites d’un AVC", medication: "Antiagrégant, statine",
		synthesis: "Retour à domicile après un AVC sans séquelle motrice. Orthophonie en cours, tension à surveiller."},
}

// needs are those of each tier of the shipped rule, the first of them without ALD.
var needs = map[int][]need{
	1: {
		{criteria: list(attribution.HospitalExit), from: 35, to: 68, disease: "Suites d’une pneumopathie", medication: "Deux médicaments nouveaux",
			synthesis: "Sort d’hospitalisation après une pneumopathie. Contrôle demandé sous quinze jours, lettre de sortie disponible."},
		{criteria: list(attribution.HospitalExit), from: 66, to: 84, disease: "Prothèse de hanche", medication: "Antalgiques, anticoagulant préventif",
			synthesis: "Rentre à domicile après une prothèse de hanche. Kinésithérapie en cours, se déplace avec une canne ; ordonnances à reprendre."},
		{criteria: list(attribution.HospitalExit), from: 24, to: 52, disease: "Appendicite compliquée", medication: "Antibiotique jusqu’à la fin du mois",
			synthesis: "Opération récente d’une appendicite compliquée. Cicatrice à contrôler, arrêt de travail à suivre."},
		{criteria: list(attribution.HospitalExit), from: 38, to: 69, disease: "Embolie pulmonaire", medication: "Anticoagulant pour six mois",
			synthesis: "Sort d’hospitalisation après une embolie pulmonaire. Anticoagulant à surveiller, bilan à trois mois prévu à l’hôpital."},
		{criteria: list(attribution.HospitalExit), from: 22, to: 58, disease: "Infection rénale", medication: "Antibiotique",
			synthesis: "Infection rénale traitée trois jours à l’hôpital. Analyse de contrôle à prescrire, puis suivi simple."},
		{criteria: list(attribution.HospitalExit, attribution.MTGone), from: 72, to: 88, disease: "Fracture du poignet après une chute", medication: "Antalgiques, vitamine D",
			synthesis: "Retour à domicile après une chute. Médecin parti à la retraite ; prévention des chutes et traitement à revoir."},
	},
	2: {
		{from: 72, to: 88, disease: "Hypertension", medication: "Amlodipine", synthesis: "Personne autonome, qui vit seule. Hypertension équilibrée ; pas de consultation depuis un an."},
		{criteria: list(attribution.C2S), from: 24, to: 58, disease: "Asthme", medication: "Traitement inhalé",
			synthesis: "Asthme modéré, deux passages aux urgences faute de renouvellement. Horaires décalés, préfère le matin."},
		{criteria: list(attribution.Pregnancy), from: 22, to: 38, woman: true, synthesis: "Grossesse de quatre mois, suivie par une sage-femme. Cherche un médecin pour elle, puis pour l’enfant."},
		{criteria: list(attribution.Disability), from: 20, to: 60, disease: "Paraplégie", medication: "Antispastique",
			synthesis: "En fauteuil roulant : cabinet accessible nécessaire. Suivi en rééducation, demandes de renouvellement régulières."},
		{criteria: list(attribution.MTGone), from: 72, to: 86, disease: "Arthrose, hypothyroïdie", medication: "Lévothyroxine",
			synthesis: "Médecin parti il y a six mois. Traitement stable, une prise de sang à contrôler. Vient en bus."},
		{criteria: list(attribution.C2S, attribution.MTGone), from: 30, to: 62, disease: "Dépression", medication: "Sertraline",
			synthesis: "Traitement antidépresseur bien supporté, suivi psychologique en place. Souhaite un médecin proche de son domicile."},
	},
	3: {
		{from: 24, to: 60, synthesis: "Vient d’arriver sur le territoire pour son travail. Aucun traitement, vaccins à vérifier."},
		{criteria: list(attribution.MTGone), from: 28, to: 66, disease: "Migraine", medication: "Triptan en crise",
			synthesis: "Médecin parti à la retraite. Migraines peu fréquentes, certificats de sport à l’occasion."},
		{from: 18, to: 26, synthesis: "Études en cours, jamais de médecin traitant depuis sa majorité. Allergie au pollen."},
		{criteria: list(attribution.MTGone), from: 35, to: 64, disease: "Lombalgie", medication: "Antalgiques", synthesis: "Lombalgie chronique, kinésithérapie en cours. Ne trouve personne depuis le départ de son médecin."},
	},
}

// Those who cannot come to a cabinet; few GPs visit.
var (
	frail = need{from: 84, to: 93, home: true, disease: "Insuffisance veineuse, chutes", medication: "Anticoagulant",
		synthesis: "Personne qui ne sort plus de son domicile depuis une chute. Infirmière deux fois par jour, kinésithérapeute à domicile. Cherche un médecin qui se déplace."}
	palliative = need{criteria: list(attribution.Palliative, attribution.ALD), from: 60, to: 85, home: true, disease: "Cancer évolué", medication: "Morphine",
		synthesis: "Soins palliatifs à domicile, hospitalisation à domicile en place. Cherche un médecin qui se déplace et travaille avec l’équipe."}
	dying = need{criteria: list(attribution.Palliative), from: 86, to: 97, home: true, disease: "Grand âge, fin de vie", medication: "Soins de confort",
		synthesis: "Fin de vie au domicile, avec sa famille et une infirmière. Cherche un médecin qui se déplace et prescrit les soins de confort."}
)

func list(criteria ...attribution.Criterion) []attribution.Criterion { return criteria }

// stones and further flowers are the names of those who look for a doctor.
var stones = []string{
	"Agate", "Améthyste", "Béryl", "Calcédoine", "Cornaline", "Feldspath", "Grenat", "Hématite", "Jaspe", "Labradorite", "Malachite",
	"Obsidienne", "Onyx", "Opale", "Péridot", "Quartz", "Saphir", "Sodalite", "Topaze", "Tourmaline", "Turquoise", "Zircon",
	"Anémone", "Camomille", "Chèvrefeuille", "Coquelicot", "Edelweiss", "Gentiane", "Glycine", "Lavande", "Myosotis", "Pivoine", "Primevère", "Renoncule",
}

// reporters are who tells of a patient.
var reporters = map[attribution.Origin][]string{
	attribution.FromProfessional: {"Cabinet infirmier des Mésanges", "Pharmacie du Verger", "Kinésithérapie des Étangs", "Laboratoire de la Plaine", "Sages-femmes du Parc"},
	attribution.FromDAC:          {"DAC Sud 77 (démonstration)"},
	attribution.FromCPAM:         {"CPAM, accompagnement en santé (démonstration)"},
	attribution.FromPRADO:        {"PRADO, retour à domicile (démonstration)"},
}

// origins are where requests come from, as often as they stand here; those of
// patients who leave a hospital come from PRADO.
var origins = []attribution.Origin{
	attribution.FromProfessional, attribution.FromProfessional, attribution.FromProfessional, attribution.FromProfessional,
	attribution.FromDAC, attribution.FromDAC, attribution.FromCPAM, attribution.FromCPAM,
}
