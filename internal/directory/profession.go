package directory

import (
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// Profession is one of the professions of health that a CPTS brings together.
type Profession string

// The professions, by the words of the annuaire santé. Physician is what an import assumes where a file says
// nothing.
const (
	Physician       Profession = "physician"        // médecin
	Pharmacist      Profession = "pharmacist"       // pharmacien
	Nurse           Profession = "nurse"            // infirmier
	Midwife         Profession = "midwife"          // sage-femme
	Dentist         Profession = "dentist"          // chirurgien-dentiste
	Physiotherapist Profession = "physiotherapist"  // masseur-kinésithérapeute
	Podiatrist      Profession = "podiatrist"       // pédicure-podologue
	SpeechTherapist Profession = "speech_therapist" // orthophoniste
	Orthoptist      Profession = "orthoptist"       // orthoptiste
	Psychologist    Profession = "psychologist"     // psychologue
	OtherProfession Profession = "other"            // any other of the public health code
)

// professions are the words a file may use, folded.
var professions = map[string]Profession{
	"medecin": Physician, "medecin generaliste": Physician, "mg": Physician, "docteur": Physician, "doctor": Physician,
	"physician": Physician, "generaliste": Physician, "gp": Physician,
	"pharmacien": Pharmacist, "pharmacienne": Pharmacist, "pharmacist": Pharmacist,
	"infirmier": Nurse, "infirmiere": Nurse, "infirmier e": Nurse, "ide": Nurse, "idel": Nurse, "ipa": Nurse, "nurse": Nurse,
	"sage femme": Midwife, "midwife": Midwife,
	"chirurgien dentiste": Dentist, "dentiste": Dentist, "dentist": Dentist,
	"masseur kinesitherapeute": Physiotherapist, "kinesitherapeute": Physiotherapist, "kine": Physiotherapist,
	"mk": Physiotherapist, "physiotherapist": Physiotherapist,
	"pedicure podologue": Podiatrist, "podologue": Podiatrist, "podiatrist": Podiatrist,
	"orthophoniste": SpeechTherapist, "speech therapist": SpeechTherapist,
	"orthoptiste": Orthoptist, "orthoptist": Orthoptist,
	"psychologue": Psychologist, "psychologist": Psychologist,
	"autre": OtherProfession, "other": OtherProfession,
}

var errProfession = fault.New(fault.Invalid, "directory.profession_unknown", "Cette profession n’est pas reconnue.")

// ParseProfession reads the name of a profession in French or English, in any case, with or without accents. It
// returns invalid "directory.profession_unknown" for anything else.
func ParseProfession(s string) (Profession, error) {
	if p, ok := professions[territory.Fold(s)]; ok {
		return p, nil
	}
	return "", errProfession
}

// French returns the profession as people read it.
func (p Profession) French() string {
	switch p {
	case Physician:
		return "médecin"
	case Pharmacist:
		return "pharmacien"
	case Nurse:
		return "infirmier"
	case Midwife:
		return "sage-femme"
	case Dentist:
		return "chirurgien-dentiste"
	case Physiotherapist:
		return "masseur-kinésithérapeute"
	case Podiatrist:
		return "pédicure-podologue"
	case SpeechTherapist:
		return "orthophoniste"
	case Orthoptist:
		return "orthoptiste"
	case Psychologist:
		return "psychologue"
	}
	return "autre profession"
}
