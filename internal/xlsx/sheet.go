package xlsx

import (
	"errors"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

// euros shows an amount as "1 234,50 €" where French is spoken: a file writes
// formats in the signs of English.
const euros = `#,##0.00\ "€"`

// mostCents is what 15 digits hold, all that a spreadsheet shows.
const mostCents = 1_000_000_000_000_000

var errTooLarge = errors.New("xlsx: an amount has more digits than a spreadsheet shows")

// styles are those of a file.
type styles struct {
	title, header, money, total, totalMoney, day, wrapped int
}

func newStyles(f *excelize.File) (s styles, err error) {
	format, day := euros, "dd/mm/yyyy"
	bold := &excelize.Font{Bold: true}
	above := []excelize.Border{{Type: "top", Color: "808080", Style: 1}}
	for _, one := range []struct {
		to    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}},
		{&s.header, excelize.Style{Font: bold, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECEF"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}},
		{&s.money, excelize.Style{CustomNumFmt: &format}},
		{&s.total, excelize.Style{Font: bold, Border: above}},
		{&s.totalMoney, excelize.Style{Font: bold, Border: above, CustomNumFmt: &format}},
		{&s.day, excelize.Style{CustomNumFmt: &day, Alignment: &excelize.Alignment{Horizontal: "left"}}},
		{&s.wrapped, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		if *one.to, err = f.NewStyle(&one.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// page is a sheet under way: a title, a header, rows, and a total of some columns.
type page struct {
	styles

	out    *excelize.StreamWriter
	row    int // last row written
	first  int // first row under the header
	totals map[int]funding.Cents
	err    error
}

// begin makes a sheet. Columns are as wide as said, the header stays in sight.
func begin(f *excelize.File, s styles, name, title string, headers []string, widths []float64) *page {
	p := &page{styles: s, totals: map[int]funding.Cents{}}
	if _, p.err = f.NewSheet(name); p.err != nil {
		return p
	}
	if p.out, p.err = f.NewStreamWriter(name); p.err != nil {
		return p
	}
	for i, width := range widths {
		p.err = errors.Join(p.err, p.out.SetColWidth(i+1, i+1, width))
	}
	p.err = errors.Join(p.err, p.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 3, TopLeftCell: "A4", ActivePane: "bottomLeft"}))
	p.add(excelize.Cell{StyleID: s.title, Value: title})
	p.add()
	cells := make([]any, len(headers))
	for i, h := range headers {
		cells[i] = excelize.Cell{StyleID: s.header, Value: h}
	}
	p.add(cells...)
	p.first = p.row + 1
	return p
}

func (p *page) add(cells ...any) {
	p.row++
	if p.err == nil && len(cells) > 0 {
		p.err = p.out.SetRow(fmt.Sprintf("A%d", p.row), cells)
	}
}

// text is words, never a formula.
func (p *page) text(words string) any { return excelize.Cell{StyleID: p.wrapped, Value: words} }

// amount is money of a column that is added up.
func (p *page) amount(column int, c funding.Cents) any {
	sum, err := p.totals[column].Add(c)
	p.totals[column] = sum
	p.err = errors.Join(p.err, err)
	return p.cents(p.money, c, "")
}

// result is money that a formula gives from cells of the row being written.
func (p *page) result(column int, c funding.Cents, formula string) any {
	sum, err := p.totals[column].Add(c)
	p.totals[column] = sum
	p.err = errors.Join(p.err, err)
	return p.cents(p.money, c, fmt.Sprintf(formula, p.row+1))
}

// known is an amount, or a cell without one.
func (p *page) known(column int, a funding.Amount) any {
	if !a.Known {
		return nil
	}
	return p.amount(column, a.Cents)
}

// cents writes an amount as its decimal digits: the quotient is the binary number
// nearest to them, and its shortest decimal form is they.
func (p *page) cents(style int, c funding.Cents, formula string) any {
	if c >= mostCents || c <= -mostCents {
		p.err = errors.Join(p.err, errTooLarge)
	}
	return excelize.Cell{StyleID: style, Formula: formula, Value: float64(c) / 100}
}

func (p *page) date(d civil.Date) any {
	return excelize.Cell{StyleID: p.day, Value: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)}
}

// total ends the rows with the sums of their columns.
func (p *page) total(columns int) {
	cells := make([]any, columns)
	last := p.row
	for i := range cells {
		cells[i] = excelize.Cell{StyleID: p.styles.total, Value: nil}
		sum, added := p.totals[i]
		if !added {
			continue
		}
		letter, err := excelize.ColumnNumberToName(i + 1)
		p.err = errors.Join(p.err, err)
		formula := ""
		if last >= p.first {
			formula = fmt.Sprintf("SUM(%s%d:%s%d)", letter, p.first, letter, last)
		}
		cells[i] = p.cents(p.totalMoney, sum, formula)
	}
	cells[0] = excelize.Cell{StyleID: p.styles.total, Value: "Total"}
	p.add(cells...)
}

// end closes the sheet.
func (p *page) end() error {
	if p.err != nil {
		return p.err
	}
	return p.out.Flush()
}
