package indicator

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/sheet"
)

// maxEvidenceName is how many characters a name keeps.
const maxEvidenceName = 120

// maxZipEntries is more than any spreadsheet of MaxEvidence has in it.
const maxZipEntries = 2000

// extensions are what files of a type are called.
var extensions = map[EvidenceType][]string{
	PDF: {".pdf"}, PNG: {".png"}, JPEG: {".jpg", ".jpeg"}, CSV: {".csv"}, XLSX: {".xlsx"},
}

// inspect tells a file's type by its content and cleans its name; ErrEvidenceType
// when the two do not agree.
func inspect(name string, content []byte) (clean string, kind EvidenceType, err error) {
	clean, kind = cleanName(name), typeOf(content)
	if !slices.Contains(extensions[kind], strings.ToLower(path.Ext(clean))) {
		return "", "", ErrEvidenceType
	}
	return clean, kind, nil
}

// cleanName is what comes behind the last separator of any system, without
// characters that are not seen or that turn the others around.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, name)
	ext := path.Ext(name)
	stem := []rune(strings.Trim(strings.TrimSuffix(name, ext), " ."))
	stem = stem[:min(len(stem), maxEvidenceName-min(utf8.RuneCountInString(ext), maxEvidenceName))]
	if len(stem) == 0 {
		stem = []rune("justificatif")
	}
	return string(stem) + ext
}

func typeOf(content []byte) EvidenceType {
	begins := func(with string) bool { return bytes.HasPrefix(content, []byte(with)) }
	switch {
	case begins("%PDF-") && bytes.Contains(content, []byte("%%EOF")):
		return PDF
	case begins("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
		return PNG
	case begins("\xff\xd8\xff") && bytes.Contains(content, []byte("\xff\xd9")):
		return JPEG
	case begins("PK\x03\x04"):
		return spreadsheet(content)
	case begins("%PDF-"), begins("\x89PNG"), begins("\xff\xd8\xff"): // and cut off
		return ""
	}
	return commas(content)
}

// spreadsheet looks at the names in a zip and opens none of them. What carries a
// macro is not taken.
func spreadsheet(content []byte) EvidenceType {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(z.File) > maxZipEntries {
		return ""
	}
	named := func(name string) bool {
		return slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == name })
	}
	macro := slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") })
	if macro || !named("[Content_Types].xml") || !named("xl/workbook.xml") {
		return ""
	}
	return XLSX
}

// commas takes text in UTF-8 or Windows-1252 that has separators and nothing that
// is not seen.
func commas(content []byte) EvidenceType {
	text, err := sheet.Format{Room: "indicator", MaxBytes: MaxEvidence}.Text(bytes.NewReader(content))
	if err != nil || !strings.ContainsAny(text, ",;\t") || strings.ContainsFunc(text, unseen) {
		return ""
	}
	return CSV
}

func unseen(r rune) bool {
	return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r) || r == utf8.RuneError
}
