package indicator_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/indicator"
)

const (
	somePDF  = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
	somePNG  = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
	someJPEG = "\xff\xd8\xff\xe0\x00\x10JFIF\x00\xff\xd9"
	someCSV  = "nom;présent\r\nOdette Fictive;oui\r\n"
)

// zipped is a zip with empty files of these names.
func zipped(t testing.TB, names ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func book(t testing.TB) string { return zipped(t, "[Content_Types].xml", "xl/workbook.xml") }

func TestAFileIsWhatItsContentSays(t *testing.T) {
	for _, test := range []struct {
		name, content string
		want          indicator.EvidenceType // "" for refused
	}{
		{"a.pdf", somePDF, indicator.PDF},
		{"A.PDF", somePDF, indicator.PDF},
		{"a.png", somePNG, indicator.PNG},
		{"a.jpg", someJPEG, indicator.JPEG},
		{"a.jpeg", someJPEG, indicator.JPEG},
		{"a.csv", someCSV, indicator.CSV},
		{"a.csv", "\ufeffnom,présent\n", indicator.CSV},
		{"a.csv", "nom\tpr\xe9sent\x80\n", indicator.CSV}, // Windows-1252
		{"a.xlsx", book(t), indicator.XLSX},

		{"a.pdf", someCSV, ""},
		{"a.csv", somePDF, ""},
		{"a.csv", someJPEG, ""},
		{"a.png", someJPEG, ""},
		{"a.pdf", somePDF[:20], ""},           // cut off
		{"a.csv", somePDF[:20] + ";", ""},     // and called otherwise
		{"a.pdf", " " + somePDF, ""},          // does not begin as one
		{"a.csv", "MZ\x90\x00;;", ""},         // a program
		{"a.csv", "n\x00o\x00m\x00;\x00", ""}, // UTF-16
		{"a.csv", "un mot", ""},               // no separator
		{"a.csv", "a;\x1b[2J", ""},            // steers a terminal
		{"a.csv", "a;\x81", ""},               // in neither encoding
		{"a.csv", "", ""},
		{"a", somePDF, ""},
		{"a.pdf.exe", somePDF, ""},
		{"a.html", "<script>,</script>", ""},
		{"a.zip", book(t), ""},
		{"a.csv", book(t), ""},
		{"a.xlsx", book(t)[:60], ""},
		{"a.xlsx", zipped(t, "[Content_Types].xml", "word/document.xml"), ""},
		{"a.xlsx", zipped(t, "xl/workbook.xml"), ""},
		{"a.xlsx", zipped(t, "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), ""},
	} {
		c := newCabinet()
		e, err := c.missions().AddEvidence(t.Context(), coordinator(), senart, test.name, []byte(test.content))
		if test.want == "" {
			refused(t, err, "indicator.evidence_type")
			if len(c.files) > 0 {
				t.Errorf("%s %.20q was kept", test.name, test.content)
			}
			continue
		}
		if err != nil || e.Type != test.want || e.Size != len(test.content) {
			t.Errorf("%s %.20q: %+v, %v", test.name, test.content, e, err)
		}
	}
}

func TestANameLosesPathsAndWhatIsNotSeen(t *testing.T) {
	for name, want := range map[string]string{
		"../../etc/feuille.pdf":           "feuille.pdf",
		`C:\Users\ada\feuille mars.pdf`:   "feuille mars.pdf",
		"feu\r\nille\x00.pdf":             "feuille.pdf",
		"a\u202efdp.pdf":                  "afdp.pdf", // turned around
		`"><b>.pdf`:                       "b.pdf",
		"Présence – 3 mars.pdf":           "Présence – 3 mars.pdf",
		" . .pdf":                         "justificatif.pdf",
		".pdf":                            "justificatif.pdf",
		"\xff\xfea.pdf":                   "a.pdf",
		strings.Repeat("é", 300) + ".pdf": strings.Repeat("é", 116) + ".pdf",
	} {
		e, err := newCabinet().missions().AddEvidence(t.Context(), coordinator(), senart, name, []byte(somePDF))
		if err != nil || e.Name != want {
			t.Errorf("%q: %q, %v", name, e.Name, err)
		}
	}
}

func TestAFileIsBounded(t *testing.T) {
	most := strings.Repeat("a;", indicator.MaxEvidence/2)
	if _, err := newCabinet().missions().AddEvidence(t.Context(), coordinator(), senart, "a.csv", []byte(most)); err != nil {
		t.Error(err)
	}
	_, err := newCabinet().missions().AddEvidence(t.Context(), coordinator(), senart, "a.csv", []byte(most+";"))
	refused(t, err, "indicator.evidence_too_large")
}

func TestATerritoryKeepsSoManyFiles(t *testing.T) {
	for _, before := range []struct{ files, size int }{{indicator.MaxEvidenceFiles, 1}, {1, indicator.MaxEvidenceBytes}} {
		c := newCabinet()
		for n := range before.files {
			c.evidence[string(rune(n))] = indicator.Evidence{Territory: senart, Size: before.size}
		}
		_, err := c.missions().AddEvidence(t.Context(), coordinator(), senart, "a.csv", []byte(someCSV))
		refused(t, err, "indicator.evidence_too_many")
		if len(c.evidence) != before.files || len(c.audited) > 0 {
			t.Errorf("%d files, audited %v", len(c.evidence), c.audited)
		}
		// Another's files do not count.
		elsewhere := coordinator()
		elsewhere.Territories = []string{"cpts-other"}
		if _, err := c.missions().AddEvidence(t.Context(), elsewhere, "cpts-other", "a.csv", []byte(someCSV)); err != nil {
			t.Error(err)
		}
	}
}

func TestWhoReadsAFileIsKept(t *testing.T) {
	c := newCabinet()
	added, err := c.missions().AddEvidence(t.Context(), coordinator(), senart, "feuille.csv", []byte(someCSV))
	if err != nil {
		t.Fatal(err)
	}
	e, content, err := c.missions().ReadEvidence(t.Context(), holder(account.Observer), senart, added.Hash)
	if err != nil || e != added || string(content) != someCSV {
		t.Errorf("%+v %q %v", e, content, err)
	}
	last := c.audited[len(c.audited)-1]
	if last.Action != "evidence.read" || last.Target != "evidence:"+added.Hash || last.Actor != "acc-observer" || last.Territory != senart {
		t.Errorf("%+v", last)
	}
	_, _, err = c.missions().ReadEvidence(t.Context(), coordinator(), senart, "none")
	refused(t, err, "indicator.evidence_unknown")
	// A figure cites it by its hash.
	o := byHand(1, 5000)
	o.Evidence = []string{added.Hash, added.Hash}
	if p, err := c.missions().Observe(t.Context(), coordinator(), c.aims(t, same), o, "k"); err != nil || len(p.Observations[0].Evidence) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

// FuzzEvidence puts any bytes under any name: what is kept has the name of its
// type and no path.
func FuzzEvidence(f *testing.F) {
	f.Add("a.pdf", []byte(somePDF))
	f.Add("b/c.xlsx", []byte(book(f)))
	f.Add("d.csv", []byte(someCSV))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		e, err := newCabinet().missions().AddEvidence(t.Context(), coordinator(), senart, name, content)
		if err != nil {
			refused(t, err, "indicator.evidence_type")
			return
		}
		if strings.ContainsAny(e.Name, "/\\\r\n\x00") || !strings.Contains(e.Name, ".") || e.Type == "" {
			t.Errorf("%+v", e)
		}
	})
}
