package sheet_test

import (
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/sheet"
)

type tree struct {
	name   string
	height *float64
}

var treeColumns = []sheet.Column[tree]{
	{Header: "Nom", Cell: func(t tree) string { return sheet.Text(t.name) }},
	{Header: "Hauteur", Cell: func(t tree) string { return sheet.Number(t.height, 2) }},
}

func TestAFileIsWrittenForSpreadsheets(t *testing.T) {
	tall, whole := 20.504, 12.0
	var out strings.Builder
	err := sheet.Write(&out, treeColumns, []tree{{"Orme", &tall}, {"Hêtre, \"pourpre\"", &whole}, {"=1+1", nil}, {"-2", nil}, {"", nil}})
	want := "Nom,Hauteur\r\nOrme,20.5\r\n\"Hêtre, \"\"pourpre\"\"\",12\r\n'=1+1,\r\n'-2,\r\n,\r\n"
	if err != nil || out.String() != want {
		t.Errorf("%v\n%s", err, out.String())
	}
}
