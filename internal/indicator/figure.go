package indicator

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/fault"
)

// ErrFigure says that a text is no figure.
var ErrFigure = fault.Fields("indicator.invalid", "Cette valeur est incorrecte.",
	fault.Field{Name: "figure", Reason: "indicator.figure", Message: "Un nombre, avec un point et trois décimales au plus."})

var figureText = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,3})?$`)

// ParseFigure reads what String writes, exactly: a point, at most three decimals,
// no sign but a minus, no separator of thousands. ErrFigure for anything else.
func ParseFigure(text string) (Figure, error) {
	if !figureText.MatchString(text) {
		return 0, ErrFigure
	}
	whole, part, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole+(part + "000")[:3], 10, 64)
	if err != nil {
		return 0, ErrFigure // never: at most 13 digits
	}
	return Figure(n), nil
}
