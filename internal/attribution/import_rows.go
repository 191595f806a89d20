package attribution

import (
	"io"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
	"github.com/relais-snp/relais/internal/territory"
)

// importFormat is a file of requests: the words of the forms and lists that
// CPTS, DAC and caisses use.
var importFormat = sheet.Format{Room: "attribution", MaxBytes: 1 << 20, MaxLines: 2000, Fields: []sheet.Field{
	sheet.Needs("nom", "nom", "nom de famille", "nom du patient", "nom patient", "nom d usage", "nom de naissance", "family", "last name"),
	sheet.Takes("prénom", "prenom", "prenoms", "prenom du patient", "prenom patient", "given", "first name"),
	sheet.Takes("date de naissance", "date de naissance", "ddn", "ne le", "nee le", "ne e le", "naissance", "birth date"),
	sheet.Takes("année de naissance", "annee de naissance", "annee naissance", "birth year"),
	sheet.Takes("téléphone", "telephone", "tel", "numero de telephone", "portable", "telephone du patient", "phone"),
	sheet.Takes("adresse", "adresse", "adresse postale", "voie", "rue", "address"),
	sheet.Takes(sheet.ColumnCommune, "commune", "ville", "commune de residence", "city"),
	sheet.Takes(sheet.ColumnINSEE, "code insee", "insee", "code commune"),
	sheet.Takes(sheet.ColumnPostalCode, "code postal", "cp", "postal code"),
	sheet.Takes("origine", "origine", "origine du signalement", "provenance", "origin"),
	sheet.Takes("signalé par", "signale par", "signalant", "declarant", "oriente par", "adresse par", "reporter"),
	sheet.Takes("reçu le", "recu le", "date de reception", "date du signalement", "date de signalement", "date de demande", "date de la demande"),
	sheet.Needs("consentement le", "consentement le", "date du consentement", "date de consentement", "accord le", "date de l accord"),
	sheet.Needs("consentement recueilli par", "consentement recueilli par", "recueilli par", "accord recueilli par"),
	sheet.Takes("ald", "ald", "affection de longue duree", "en ald"),
	sheet.Takes("soins palliatifs", "soins palliatifs", "palliatif"),
	sheet.Takes("sortie d’hospitalisation", "sortie d hospitalisation", "sortie hospitalisation", "sortie d hopital", "prado"),
	sheet.Takes("c2s", "c2s", "css", "c2s ou ame", "c2s ame", "ame", "complementaire sante solidaire"),
	sheet.Takes("grossesse", "grossesse", "enceinte"),
	sheet.Takes("handicap", "handicap", "situation de handicap"),
	sheet.Takes("médecin parti", "medecin parti", "medecin traitant parti", "mt parti", "depart du medecin", "medecin retraite"),
	sheet.Takes("médecin parti depuis", "medecin parti depuis", "medecin traitant parti depuis", "mt parti depuis", "date de depart du medecin"),
	sheet.Takes("visite à domicile", "visite a domicile", "visites a domicile", "vad", "a domicile", "ne se deplace pas"),
	sheet.Takes("maladie chronique", "maladie chronique", "maladies chroniques", "pathologie", "pathologies"),
	sheet.Takes("traitement", "traitement", "traitements", "medicaments", "traitement en cours"),
	sheet.Takes("synthèse", "synthese", "synthese de l infirmiere"),
}}

// The columns that say yes or no to a criterion.
var criterionColumns = []struct {
	column    string
	criterion Criterion
}{
	{"ald", ALD}, {"soins palliatifs", Palliative}, {"sortie d’hospitalisation", HospitalExit}, {"c2s", C2S},
	{"grossesse", Pregnancy}, {"handicap", Disability}, {"médecin parti", MTGone},
}

// origins are the words a file may use, folded.
var origins = map[string]Origin{
	"": FromProfessional, "professionnel": FromProfessional, "professionnel de sante": FromProfessional, "medecin": FromProfessional,
	"infirmier": FromProfessional, "infirmiere": FromProfessional, "ide": FromProfessional, "idel": FromProfessional,
	"pharmacien": FromProfessional, "pharmacie": FromProfessional, "kine": FromProfessional, "professional": FromProfessional,
	"dac": FromDAC, "cpam": FromCPAM, "caisse": FromCPAM, "assurance maladie": FromCPAM, "msa": FromCPAM, "prado": FromPRADO,
	"regulation": FromRegulation, "sas": FromRegulation, "116117": FromRegulation,
}

var (
	errOrigin = fault.New(fault.Invalid, "attribution.origin", "Cette origine n’est pas reconnue : professionnel, DAC, CPAM, PRADO ou régulation.")
	errYesNo  = fault.New(fault.Invalid, "attribution.yes_no", "Cette cellule se remplit par oui ou non.")
	errDay    = fault.New(fault.Invalid, "attribution.day", "Cette date n’existe pas : écrivez-la 31/12/2026.")
	errYear   = fault.New(fault.Invalid, "attribution.birth", "Une année de naissance compte 4 chiffres.")
	errBorn   = fault.New(fault.Invalid, "attribution.birth", "Cette date n’existe pas : écrivez-la 31/12/1950, ou l’année seule.")
	errYears  = fault.New(fault.Invalid, "attribution.birth", "L’année de naissance n’est pas celle de la date.")
)

// row is one line of a file, as far as it could be read.
type row struct {
	line  int
	draft Draft
	// told are the columns in which something is wrong already; none for a line that could be read.
	told []string
}

// readRows reads a file: its lines, what could not be read of them, and the
// columns it left aside. A line that repeats an earlier one is a problem.
func readRows(r io.Reader) (rows []row, file *sheet.File, problems []sheet.Problem, err error) {
	if file, err = importFormat.Read(r); err != nil {
		return nil, nil, nil, wholeFile(err)
	}
	seen := map[string]int{}
	problems = file.Each(func(l *sheet.Line) {
		d := readDraft(l)
		if !l.Good() || l.First(seen, digest(d), "") {
			rows = append(rows, row{l.Number, d, l.Wrong()})
		}
	})
	return rows, file, problems, nil
}

// wholeFile says why a file as a whole cannot be read: "attribution.file".
func wholeFile(err error) error {
	f := fault.Of(err)
	if f.Kind == fault.Internal {
		return err
	}
	whole := *f
	whole.Reason = "attribution.file"
	return &whole
}

func readDraft(l *sheet.Line) Draft {
	p := Patient{Family: l.Required("nom", maxName), Given: l.Text("prénom", maxName),
		Phone: l.Text("téléphone", maxPhone), Address: l.Text("adresse", maxLine)}
	d := Draft{Patient: &p, Origin: new(readOrigin(l)), Criteria: new(readCriteria(l)),
		Consent: &Consent{On: readDay(l, "consentement le"), Collector: l.Required("consentement recueilli par", maxLine)}}
	p.BirthDate, d.BirthYear = readBirth(l)
	if since := readDay(l, "reçu le"); !since.IsZero() {
		d.Since = &since
	}
	if gone := readDay(l, "médecin parti depuis"); !gone.IsZero() {
		d.MTGoneSince = &gone
		says, _ := SetOf(MTGone)
		*d.Criteria |= says
	}
	d.HomeVisits = new(readYes(l, "visite à domicile"))
	d.Reporter, d.ChronicDisease = readText(l, "signalé par", maxLine), readText(l, "maladie chronique", maxNeeds)
	d.Medication, d.Synthesis = readText(l, "traitement", maxNeeds), readText(l, "synthèse", maxText)
	d.Commune = readCommune(l)
	return d
}

func readText(l *sheet.Line, column string, most int) *string {
	text := l.Text(column, most)
	if text == "" {
		return nil
	}
	return &text
}

// readCommune reads where the patient lives; nil when the file does not say it well.
func readCommune(l *sheet.Line) *territory.INSEE {
	commune, ok := l.Commune()
	if !ok {
		return nil
	}
	return &commune.INSEE
}

func readOrigin(l *sheet.Line) Origin {
	origin, ok := origins[territory.Fold(l.Text("origine", maxName))]
	if !ok {
		l.Fail("origine", errOrigin)
	}
	return origin
}

func readCriteria(l *sheet.Line) (criteria Set) {
	for _, c := range criterionColumns {
		if readYes(l, c.column) {
			says, _ := SetOf(c.criterion)
			criteria |= says
		}
	}
	return criteria
}

func readYes(l *sheet.Line, column string) bool {
	switch territory.Fold(l.Text(column, maxName)) {
	case "oui", "o", "x", "1", "vrai", "yes", "true":
		return true
	case "", "non", "n", "0", "faux", "no", "false":
		return false
	}
	l.Fail(column, errYesNo)
	return false
}

// readDay reads 31/12/2026, with dots or hyphens too, or 2026-12-31; zero when
// the cell is empty.
func readDay(l *sheet.Line, column string) civil.Date {
	cell := l.Text(column, maxName)
	if cell == "" {
		return civil.Date{}
	}
	d, ok := dayOf(cell)
	if !ok {
		l.Fail(column, errDay)
	}
	return d
}

func dayOf(cell string) (civil.Date, bool) {
	if d, err := civil.ParseDate(cell); err == nil {
		return d, true
	}
	parts := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("/.- ", r) })
	if len(parts) == 3 && len(parts[2]) == 4 && len(parts[0]) <= 2 && len(parts[1]) <= 2 {
		if d, err := civil.ParseDate(parts[2] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[0])); err == nil {
			return d, true
		}
	}
	return civil.Date{}, false
}

func twoDigits(number string) string {
	if len(number) == 1 {
		return "0" + number
	}
	return number
}

// The columns that say a birth, one for the other.
const (
	columnBirthDate = "date de naissance"
	columnBirthYear = "année de naissance"
)

// readBirth reads a date, which says its year, or a year alone in either column:
// it stays what is known, and no day is made of it.
func readBirth(l *sheet.Line) (date civil.Date, year *int) {
	year = readYear(l)
	cell := l.Text(columnBirthDate, maxName)
	if cell == "" {
		return civil.Date{}, year
	}
	born, alone := yearOf(cell)
	date, full := dayOf(cell)
	switch {
	case full:
		born = date.Year
	case !alone:
		l.Fail(columnBirthDate, errBorn)
		return civil.Date{}, year
	}
	if year != nil && *year != born {
		l.Fail(columnBirthYear, errYears)
	}
	if full {
		return date, nil
	}
	return civil.Date{}, &born
}

func readYear(l *sheet.Line) *int {
	cell := l.Text(columnBirthYear, maxName)
	if cell == "" {
		return nil
	}
	year, ok := yearOf(cell)
	if !ok {
		l.Fail(columnBirthYear, errYear)
		return nil
	}
	return &year
}

func yearOf(cell string) (int, bool) {
	year, err := strconv.Atoi(cell)
	return year, err == nil && len(cell) == 4 && year > 0
}
