package training

import "github.com/relais-snp/relais/internal/regulation"

// The communes of the callers.
const (
	cesson       = "77067"
	lieusaint    = "77251"
	moissy       = "77296"
	nandy        = "77326"
	savigny      = "77445"
	vertStDenis  = "77495"
	combsLaVille = "77122"
)

// Where the callers are at home.
var (
	inCesson    = place{cesson, "Cesson", "77240"}
	inLieusaint = place{lieusaint, "Lieusaint", "77127"}
	inMoissy    = place{moissy, "Moissy-Cramayel", "77550"}
	inNandy     = place{nandy, "Nandy", "77176"}
	inSavigny   = place{savigny, "Savigny-le-Temple", "77176"}
)

// Script is the five tasks.
func Script() []Task {
	return []Task{firstBooking(), ownDoctor(), nothingFits(), lostRace(), cancelledVisit()}
}

func firstBooking() Task {
	who := Caller{Name: "Mme Alouette", Family: "Alouette", Home: inCesson,
		Says: "Bonjour, Mme Alouette, j’habite à Cesson. J’ai de la fièvre depuis hier soir et je n’ai pas de médecin traitant. Je voudrais voir quelqu’un aujourd’hui."}
	return Task{
		Number: 1, Title: "Un premier rendez-vous", Practise: "L’enchaînement commune, créneau, nom",
		Calls: []Call{{who, []Step{
			whereStep(who, "cess"),
			seatStep("Prenez le premier créneau : il est retenu pour vous.", "À droite, les créneaux sont numérotés du meilleur au moins bon. Tapez 1, puis Entrée : le créneau est retenu pour vous trois minutes.",
				"Le créneau est retenu : personne d’autre ne peut le prendre pendant que vous parlez."),
			nameStep(who),
		}, bookingAmiss(who, nil)}},
	}
}

func ownDoctor() Task {
	who := Caller{Name: "M. Pinson", Family: "Pinson", Home: inLieusaint,
		Says: "M. Pinson, de Lieusaint. J’ai très mal à une oreille. Mon médecin traitant ? C’est le Dr Cornouiller, je préférerais la voir si elle a de la place."}
	return Task{
		Number: 2, Title: "Le médecin traitant d’abord", Practise: "Le médecin traitant, à noter avant de choisir le créneau",
		Calls: []Call{{who, []Step{
			whereStep(who, "lieu"),
			{
				Text: "Médecin traitant : « Oui », puis ↓ jusqu’à Dr Élise Cornouiller.", Keys: doctorKeys(gpOwn),
				Hint: "Sous la commune, à gauche. Au clavier : / pour revenir à la commune, Tab jusqu’à « Médecin traitant », → choisit « Oui », Tab mène à la liste, ↓ descend jusqu’à Dr Élise Cornouiller. La souris marche aussi.",
				Good: "Dr Cornouiller passe en tête : le créneau du médecin traitant est toujours proposé en premier.",
				done: func(s scene) bool { return s.namesMT(gpOwn) },
			},
			{
				Text: "Retenez le créneau de Dr Cornouiller, marqué MT.", Keys: []string{"Échap", "1", "Entrée"},
				Hint: "Échap quitte le champ. Le créneau de Dr Cornouiller est le numéro 1 : tapez 1, puis Entrée.",
				Good: "C’est retenu chez son médecin traitant.",
				done: func(s scene) bool { return s.of(s.seat, gpOwn) || s.of(s.booked, gpOwn) },
			},
			nameStep(who),
		}, bookingAmiss(who, func(s scene, practitioner string) string {
			switch {
			case s.of(practitioner, gpOwn):
				return ""
			case s.booked != "":
				return "C’est réservé, mais pas chez son médecin traitant, qui avait une place. Refaites la tâche pour l’avoir fait une fois."
			}
			return "Son médecin traitant, Dr Cornouiller, a une place. Libérez ce créneau (Échap deux fois), notez le médecin traitant, puis prenez la sienne."
		})}},
	}
}

func nothingFits() Task {
	urgent := Caller{Name: "Mme Hirondelle", Family: "Hirondelle", Home: inNandy,
		Says: "C’est pour mon mari, à Nandy ! Il a une douleur qui serre dans la poitrine depuis vingt minutes, il est pâle, il transpire…"}
	home := Caller{Name: "M. Gobemouche", Family: "Gobemouche", Home: inSavigny,
		Says: "M. Gobemouche, 84 ans, à Savigny-le-Temple. Je tousse beaucoup. Je ne peux pas sortir de chez moi : il faudrait que le médecin vienne. (Aucun médecin ne propose de visite aujourd’hui.)"}
	return Task{
		Number: 3, Title: "Quand aucun créneau ne convient", Practise: "Les issues sans rendez-vous : vers le 15, sans solution",
		Calls: []Call{
			{urgent, []Step{
				whereStep(urgent, "nan"),
				endStep(urgent, "Urgence vitale : transmettez l’appel au 15.", []string{"f", "3"},
					"f mène à « Terminer sans rendez-vous », en bas à gauche ; un chiffre choisit l’issue, ici 3, vers le 15. La souris marche aussi.",
					"Oui : une douleur thoracique n’attend pas un créneau.", regulation.To15, regulation.ToEmergency),
			}, endingAmiss("Cette douleur peut être un infarctus : l’appel va au 15, tout de suite. Recommencez avec « Nouvel appel » (c).",
				"Ne retenez pas de créneau ici : c’est une urgence vitale. Libérez-le (Échap), puis « Vers le 15 ».", regulation.To15, regulation.ToEmergency)},
			{home, []Step{
				whereStep(home, "savi"),
				endStep(home, "Rien ne convient : dites-le, avec la raison.", []string{"s", "4"},
					"s ouvre « Sans solution » ; un chiffre donne la raison, ici 4, visite à domicile nécessaire. Si vous avez donné un conseil médical, « Conseil donné » convient aussi.",
					"C’est noté. La CPTS verra ce besoin sans réponse : c’est ainsi que l’offre s’améliore.", regulation.NoSolution, regulation.Advice, regulation.ToMT),
			}, endingAmiss("Ce n’est pas l’issue attendue : personne ne peut venir, dites « Sans solution » (s) avec la raison. Recommencez avec « Nouvel appel » (c).",
				"M. Gobemouche ne peut pas se déplacer : aucun de ces créneaux ne lui convient. Libérez-le (Échap), puis s.", regulation.NoSolution, regulation.Advice, regulation.ToMT)},
		},
	}
}

func lostRace() Task {
	who := Caller{Name: "Mme Fauvette", Family: "Fauvette", Home: inMoissy,
		Says: "Mme Fauvette, à Moissy-Cramayel. Mon fils s’est tordu la cheville, il peut poser le pied. Le plus tôt possible, s’il vous plaît. Je n’ai pas de médecin traitant."}
	return Task{
		Number: 4, Title: "Une course perdue", Practise: "Reprendre un autre créneau par son numéro après un refus", ColleagueFirst: true,
		Calls: []Call{{who, []Step{
			whereStep(who, "moi"),
			{
				Text: "Retenez le premier créneau.", Keys: []string{"1", "Entrée"},
				Hint: "Tapez 1, puis Entrée.",
				Good: "Une collègue a été plus rapide : ce créneau vient de lui être attribué. Personne n’est réservé deux fois.",
				done: func(s scene) bool { return s.refused },
			},
			{
				Text: "Prenez à la place l’un des trois autres, par son numéro.", Keys: []string{"1"},
				Hint: "Les trois meilleurs autres créneaux sont dans le cadre rouge, à droite : tapez 1, 2 ou 3.",
				Good: "Vous avez un autre créneau sans avoir quitté l’appel.",
				done: func(s scene) bool { return s.again },
			},
			nameStep(who),
		}, bookingAmiss(who, nil)}},
	}
}

func cancelledVisit() Task {
	who := Caller{Name: "M. Loriot", Family: "Loriot", Home: inSavigny,
		Until: "(Vous avez pris un rendez-vous pour M. Loriot, de Savigny-le-Temple, chez Dr Platane.)",
		Says:  "(Dr Platane vient d’annuler le rendez-vous de M. Loriot, de Savigny-le-Temple. L’avis, en bas du tableau, dit pourquoi.)"}
	return Task{
		Number: 5, Title: "Un médecin annule", Practise: "Reprendre un dossier rouvert après une annulation", GivesCase: true,
		Calls: []Call{{who, []Step{
			{
				Text: "Un médecin va annuler…",
				Hint: "L’avis s’affiche dans quelques secondes, en bas du tableau.",
				Good: "Voici l’avis : le rendez-vous est annulé, et le dossier de M. Loriot est rouvert.",
				done: func(s scene) bool { return s.cancelled },
			},
			{
				Text: "Reprenez son dossier et retenez une autre place.", Keys: []string{"Tab", "« Reprendre le dossier »", "Entrée", "1", "Entrée"},
				Hint: "L’avis est en bas du tableau : Tab jusqu’à « Reprendre le dossier », Entrée. Le dossier est aussi à gauche, dans « Dossiers ouverts ». Ensuite 1, puis Entrée.",
				Good: "Son dossier est repris, avec ses coordonnées déjà remplies.",
				done: func(s scene) bool { return s.kase == s.given && s.held },
			},
			{
				Text: "Vérifiez le nom, déjà rempli, et réservez.", Keys: []string{"Entrée"},
				Hint: "Le nom est déjà là : Entrée réserve.",
				Good: "M. Loriot a un nouveau rendez-vous, et son dossier est clos.",
				done: func(s scene) bool { return s.kase == s.given && s.booked != "" },
			},
		}, func(e Event, s scene) string {
			switch {
			case (e.Kind == Held || e.Kind == Booked) && e.Case != s.given:
				return "Ce n’est pas le dossier de M. Loriot : il attend toujours. Reprenez-le dans l’avis, ou à gauche dans « Dossiers ouverts »."
			case e.Kind == Ended && e.Case == s.given:
				return "M. Loriot attend un rendez-vous, et il reste des places. Recommencez la tâche."
			}
			return ""
		}}},
	}
}
