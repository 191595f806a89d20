package app

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Commands show the reasons of these rooms; each has its English.
func TestEveryReasonThatOperatorsMeetIsInEnglish(t *testing.T) {
	reason := regexp.MustCompile(`"((?:store|directory)\.[a-z_]+|account\.(?:invalid|email|name|roles|territories|practitioner|password\w*|email_taken|unknown))"`)
	met := map[string]bool{}
	for _, room := range []string{"store", "directory", "account"} {
		files, err := filepath.Glob("../" + room + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, match := range reason.FindAllStringSubmatch(string(text), -1) {
				met[match[1]] = true
			}
		}
	}
	for _, flaw := range flawsOfFiles(t) {
		met["directory."+flaw] = true
	}
	delete(met, "directory.practitioner_unknown") // asked for over the API alone
	if len(met) < 30 {
		t.Fatalf("only %d reasons found: nothing is proved", len(met))
	}
	for r := range met {
		if english[r] == "" {
			t.Errorf("%s has no English", r)
		}
	}
}

// flawsOfFiles are how reasons end that package sheet gives to the room that reads.
func flawsOfFiles(t *testing.T) (flaws []string) {
	t.Helper()
	ending := regexp.MustCompile(`flaw = "([a-z_]+)"|Room ?\+ ?"\.([a-z_]+)"`)
	files, err := filepath.Glob("../sheet/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range ending.FindAllStringSubmatch(string(text), -1) {
			flaws = append(flaws, match[1]+match[2])
		}
	}
	if len(flaws) < 15 {
		t.Fatalf("only %d flaws found: nothing is proved", len(flaws))
	}
	return flaws
}
