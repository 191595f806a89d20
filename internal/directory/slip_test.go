package directory_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
)

func TestHeadersInWhichAColumnIsLostRefuseTheFile(t *testing.T) {
	tests := map[string]struct {
		header, reason, column string
	}{
		"two letters swapped":  {"rpps;nom;prénom;territiore", "directory.columns_unknown", "territoire"},
		"a letter too many":    {"rpps;nom;prénom;communne", "directory.columns_unknown", "commune"},
		"a letter left out":    {"rpps;nom;prénom;télphone", "directory.columns_unknown", "téléphone"},
		"a plural":             {"rpps;nom;prénom;spécialités", "directory.columns_unknown", "spécialité"},
		"a column twice":       {"rpps;nom;prénom;territoire;Territoire", "directory.columns_duplicate", "territoire"},
		"a needed one twice":   {"rpps;nom;nom;prénom", "directory.columns_duplicate", "nom"},
		"unlike anything":      {"rpps;nom;prénom;couleur préférée", "", ""},
		"numbered":             {"rpps;nom;prénom;téléphone 2", "", ""},
		"known under its name": {"rpps;nom;prénom;téléphone;telephones", "", ""},
		"two words for one":    {"rpps;nom;nom d'exercice;prénom", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := directory.ReadPractitioners(strings.NewReader(tt.header + "\n"))
			if fault.Reason(err) != tt.reason {
				t.Fatalf("%v, want %q", err, tt.reason)
			}
			if err != nil && fault.Of(err).Fields[0].Name != tt.column {
				t.Errorf("fields %v, want %s", fault.Of(err).Fields, tt.column)
			}
		})
	}
}

// The public extract of the annuaire santé has many more columns than are read here; none looks like a slip.
func TestTheColumnsOfTheAnnuaireAreLeftAside(t *testing.T) {
	header := "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|Libellé civilité d'exercice|" +
		"Code civilité|Libellé civilité|Nom d'exercice|Prénom d'exercice|Code profession|Libellé profession|" +
		"Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|" +
		"Code savoir-faire|Libellé savoir-faire|Code mode exercice|Libellé mode exercice|Numéro SIRET site|Numéro SIREN site|" +
		"Numéro FINESS site|Numéro FINESS établissement juridique|Identifiant technique de la structure|Raison sociale site|" +
		"Enseigne commerciale site|Complément destinataire (coord. structure)|Complément point géographique (coord. structure)|" +
		"Numéro Voie (coord. structure)|Indice répétition voie (coord. structure)|Code type de voie (coord. structure)|" +
		"Libellé type de voie (coord. structure)|Libellé Voie (coord. structure)|Mention distribution (coord. structure)|" +
		"Bureau cedex (coord. structure)|Code postal (coord. structure)|Code commune (coord. structure)|" +
		"Libellé commune (coord. structure)|Code pays (coord. structure)|Libellé pays (coord. structure)|" +
		"Téléphone (coord. structure)|Téléphone 2 (coord. structure)|Télécopie (coord. structure)|Adresse e-mail (coord. structure)|" +
		"Code Département (structure)|Libellé Département (structure)|Ancien identifiant de la structure|Autorité d'enregistrement|" +
		"Code secteur d'activité|Libellé secteur d'activité|Code section tableau pharmaciens|Libellé section tableau pharmaciens|" +
		"Code rôle|Libellé rôle|Code genre activité|Libellé genre activité"
	report := imported(t, newRecord(), strings.ReplaceAll(header, "|", ";")+"\n")
	for _, known := range []string{"Identifiant PP", "Nom d'exercice", "Code postal (coord. structure)", "Numéro FINESS site"} {
		if slices.Contains(report.Aside, known) {
			t.Errorf("%s was left aside", known)
		}
	}
	if !slices.Contains(report.Aside, "Autorité d'enregistrement") || len(report.Aside) < 30 {
		t.Errorf("left aside: %q", report.Aside)
	}
}

func TestWhatIsLeftAsideIsSaidWithoutSteeringATerminal(t *testing.T) {
	report := imported(t, newRecord(), "rpps;nom;prénom;cou\x1b[31mleur;"+strings.Repeat("x", 60)+";\n")
	want := []string{"cou [31mleur", strings.Repeat("x", 40) + "…"}
	if !slices.Equal(report.Aside, want) {
		t.Errorf("%q, want %q", report.Aside, want)
	}
}

func TestAFileOfPractitionersHoldsNoLocations(t *testing.T) {
	_, _, err := directory.ReadLocations(strings.NewReader("rpps;nom;prénom;commune\n10000000017;Fictive;Ada;Cesson\n"))
	if fault.Reason(err) != "directory.file_practitioners" {
		t.Error(err)
	}
}

func TestNamesThatWouldSteerATerminalAreRefused(t *testing.T) {
	for name, bad := range map[string]string{"escape": "Fic\x1b[2Jtive", "direction": "Fic\u202etive", "bell": "Fic\ative"} {
		_, problems := readPractitioners(t, "rpps;nom;prénom\n10000000017;"+bad+";Ada\n")
		if !slices.Equal(problems, []string{"2 nom directory.control_character"}) {
			t.Errorf("%s: %q", name, problems)
		}
		_, more, err := directory.ReadLocations(strings.NewReader("nom;commune;code postal\n" + bad + ";Cesson;77240\n"))
		if err != nil || !slices.Equal(words(more), []string{"2 nom directory.control_character"}) {
			t.Errorf("%s: %q, %v", name, words(more), err)
		}
	}
}
