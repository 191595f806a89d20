package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
)

func TestTheContractIsValidOpenAPI(t *testing.T) {
	if err := loadContract().doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestEveryReasonOfTheTreeIsInTheContract(t *testing.T) {
	declared := map[string]bool{}
	for _, reason := range loadContract().schema("Reason").Enum {
		declared[reason.(string)] = true
	}
	for reason, file := range reasonsInTree(t) {
		if !declared[reason] && !neverSent.MatchString(reason) {
			t.Errorf("%s uses %q, which openapi.yaml's Reason does not list", file, reason)
		}
	}
}

// neverSent are reasons that no call of the API can meet: accounts and backups are made on the command line, chains are checked
// there, a slow console is closed, files of rules are read at the start, cells of a file have theirs in the report of their lines.
var neverSent = regexp.MustCompile(`^(account\.(email_taken|unknown|password|invalid)|audit\..*|store\..*|(indicator|attribution)\.rules|live\.slow_console|attribution\.(origin|yes_no|day|birth)|funding\.(chart|schedule|caps|schemes|kind|format|imported_otherwise|invoice_known|counterpart|account_class|person|sides|envelope|date_outside|formula|yes_no|mission|duplicate|account_unknown|budget|day))$`)

// notServed are rooms whose faults never reach a caller of the API: they speak to a command line.
var notServed = []string{"config", "app", "demo", "territory", "directory"}

func reasonsInTree(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	literal := regexp.MustCompile(`fault\.(?:New\(\s*fault\.\w+,|Fields\()\s*"([a-z_]+(?:\.[a-z_]+)?)"`)
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains(notServed, entry.Name()) {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		for _, match := range literal.FindAllSubmatch(source, -1) {
			found[string(match[1])] = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 20 {
		t.Fatalf("only %d reasons found: the search is broken", len(found))
	}
	return found
}

func TestRequestBodiesRefuseUnknownFieldsAndAreBounded(t *testing.T) {
	for name, schema := range loadContract().doc.Components.Schemas {
		body := strings.HasPrefix(name, "New") || strings.HasPrefix(name, "Live") || slices.Contains([]string{
			"SignIn", "OpeningChange", "CaseChange", "CaseClosing", "Cancellation", "BookingOutcome", "Patient", "MedecinTraitant", "Repeat",
			"MTPatient", "MTConsent", "MTRequestChange", "MTSearch", "MTImport", "MTStep", "MTCapacityDeclaration", "MTPlanAsked", "MTSending", "MTAnswer",
		}, name)
		for property, p := range schema.Value.Properties {
			if p.Value.Type.Is("string") && p.Value.Format == "" && p.Value.Enum == nil && p.Value.Const == nil && p.Value.MaxLength == nil {
				t.Errorf("%s.%s has no maxLength", name, property)
			}
			if p.Value.Type.Is("array") && p.Value.MaxItems == nil {
				t.Errorf("%s.%s has no maxItems", name, property)
			}
		}
		sent := body && !slices.Contains([]string{"LiveSnapshot", "LiveDelta", "LiveTick", "LiveAway", "LiveReply", "LiveNotice", "LivePresence"}, name)
		if closed := schema.Value.AdditionalProperties.Has; sent && schema.Value.Type.Is("object") && (closed == nil || *closed) {
			t.Errorf("%s lets unknown fields in", name)
		}
	}
}

func TestCheckNamesFieldsAndNeverRepeatsValues(t *testing.T) {
	const identity = "Zorglub-Fictif"
	for _, test := range []struct{ name, schema, body string }{
		{"wrong type", "NewCase", `{"territory":"cpts","wishedDelayMinutes":"` + identity + `"}`},
		{"wrong enum", "NewCase", `{"territory":"cpts","mt":{"status":"` + identity + `"}}`},
		{"wrong pattern", "NewCase", `{"territory":"` + identity + ` "}`},
		{"too long", "NewBooking", `{"slot":"a","patient":{"family":"` + strings.Repeat(identity, 20) + `"}}`},
		{"unknown name", "NewBooking", `{"slot":"a","patient":{"family":"x","` + identity + `":1}}`},
		{"nested type", "NewBooking", `{"slot":"a","patient":"` + identity + `"}`},
		{"control character", "NewBooking", `{"slot":"a","patient":{"family":"` + identity + `\u0000"}}`},
		{"impossible date", "NewBooking", `{"slot":"a","patient":{"family":"x","birthDate":"2026-02-31"}}`},
		{"time outside reason", "NewOpening", `{"location":"l","start":"9999-01-01T00:00:00Z","end":"2026-01-01T00:00:00Z","modality":"cabinet","audience":"cpts"}`},
		{"missing", "Cancellation", `{"by":"patient"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			value, _, err := decodeJSON([]byte(test.body))
			if err != nil {
				t.Fatal(err)
			}
			broken := check(loadContract().schema(test.schema), value)
			if len(broken) == 0 {
				t.Fatal("nothing was found wrong")
			}
			for _, f := range broken {
				if f.Name == "" || f.Reason == "" || f.Message == "" {
					t.Errorf("incomplete: %+v", f)
				}
				if strings.Contains(f.Name+f.Reason+f.Message, identity) {
					t.Errorf("repeats what was sent: %+v", f)
				}
			}
		})
	}
}

func TestCheckGivesPaths(t *testing.T) {
	value, _, _ := decodeJSON([]byte(`{"location":"l","start":"2026-11-23T08:00:00+01:00","end":"x","modality":"cabinet","audience":"cpts",
		"repeat":{"weekdays":[1,9],"until":"2026-12-31"},"colour":"red"}`))
	got := map[string]string{}
	for _, f := range check(loadContract().schema("NewOpening"), value) {
		got[f.Name] = f.Reason
	}
	want := map[string]string{"end": "request.format", "repeat.weekdays.1": "request.maximum", "colour": "request.unknown_field"}
	for name, reason := range want {
		if got[name] != reason {
			t.Errorf("%s: %q, want %q (all: %v)", name, got[name], reason, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
}

func TestEveryKindOfFaultHasAStatus(t *testing.T) {
	for kind := fault.Internal; kind <= fault.Unavailable; kind++ {
		if statuses[kind] < 400 {
			t.Errorf("kind %d has no status", kind)
		}
	}
}

func FuzzLiveCommand(f *testing.F) {
	for _, frame := range []string{
		`{"id":1,"op":"watch","territory":"cpts-senart","day":"2026-11-23","days":2,"from":{"epoch":"k3","seq":812}}`,
		`{"id":2,"op":"hold","slot":"a","case":"b"}`,
		`{"id":5,"op":"book","hold":"t~s~x","key":"12345678","patient":{"family":"Zorglub","birthDate":"1980-01-31","mt":{"status":"none"}}}`,
		`{"id":6,"op":"focus"}`,
		`{"id":-1,"op":"hold","slot":5}`, `{"op":"fly"}`, `[]`, `null`, `{`, "\xff", `{"id":1e999}`,
	} {
		f.Add([]byte(frame))
	}
	c := loadContract()
	f.Fuzz(func(t *testing.T, frame []byte) {
		cmd, err := decodeCommand(c, frame)
		if err == nil {
			if commandSchemas[cmd.Op] == "" || cmd.ID < 0 {
				t.Fatalf("accepted %+v", cmd)
			}
			return
		}
		known := fault.Of(err)
		if known.Kind != fault.Invalid || known.Reason == "" {
			t.Fatalf("not a refusal of the sender's mistake: %v", err)
		}
	})
}
