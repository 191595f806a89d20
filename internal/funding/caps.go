package funding

import (
	"fmt"

	"github.com/relais-snp/relais/internal/fault"
)

// Caps are what one professional may get in indemnities by calendar year, as
// configs/funding/caps.yaml holds them.
type Caps struct {
	Caps []Cap `yaml:"caps"` // by year
}

// Cap is that of one year.
type Cap struct {
	Year   int    `yaml:"year"`
	Amount Amount `yaml:"amount"`
	Source string `yaml:"source"`
}

// Of returns the cap of a calendar year, and false when the data has none; it is
// what Guards.Cap asks.
func (c Caps) Of(year int) (Cents, bool) {
	for _, one := range c.Caps {
		if one.Year == year {
			return one.Amount.Cents, true
		}
	}
	return 0, false
}

// Validate returns an Invalid fault "funding.caps" that names every wrong row.
func (c Caps) Validate() error {
	var fields []fault.Field
	for i, one := range c.Caps {
		sound := one.Year >= 2000 && one.Year <= 2200 && one.Amount.Known && one.Amount.Cents > 0 && one.Amount.Cents <= maxAmount && one.Source != ""
		if !sound || i > 0 && c.Caps[i-1].Year >= one.Year {
			fields = append(fields, fault.Field{Name: fmt.Sprintf("caps[%d]", i), Reason: "funding.caps",
				Message: "Un plafond a une année, un montant et une source ; les années se suivent."})
		}
	}
	return fault.Fields("funding.caps", "Les plafonds d’indemnités sont incorrects.", fields...)
}
