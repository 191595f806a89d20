package store_test

import (
	"errors"
	"testing"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
)

// settlesAll lives a contract of which money came whole, in part and not at all, was
// given up, withdrawn and taken back, was decided, and the year before it closed.
func (o office) settlesAll() {
	o.Helper()
	c := funding.Contract{Territory: senart, Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 2, Revision: 1,
		Starts: []funding.Start{{Mission: "acces", On: civil.MustDate("2026-01-15")}, {Mission: "parcours", On: civil.MustDate("2026-01-15")}}}
	c, err := o.SetContract(o.Context(), treasurer, c)
	o.must(err)
	c.Starts = c.Starts[:1]
	_, err = o.SetContract(o.Context(), treasurer, c)
	o.must(err)
	for _, amount := range []funding.Cents{30_000_00, 20_000_00} {
		_, err = o.Decide(o.Context(), treasurer, funding.Decision{Territory: senart, Mission: "snp_orientation", Year: 1, Amount: amount, On: civil.MustDate("2026-03-01")})
		o.must(err)
	}
	o.comes("fonctionnement:1:whole", 1_000_00)
	o.comes("acces:1:advance", 13_125_00)
	wrong := o.comes("snp_orientation:1:part", 2_000_00)
	o.comes("snp_orientation:1:part", 3_000_00)
	_, err = o.Reverse(o.Context(), treasurer, wrong.ID, wrong.On, "Erreur", "wrong")
	o.must(err)
	_, err = o.Void(o.Context(), treasurer, o.awaited("acces:1:balance").ID)
	o.must(err)
	_, err = o.OpenYear(o.Context(), treasurer, senart, civil.MustDate("2025-01-01"), civil.MustDate("2025-12-31"))
	o.must(err)
	_, err = o.CloseYear(o.Context(), treasurer, senart, civil.MustDate("2025-06-30"))
	o.must(err)
}

// awaited is what is expected of a payment of the first contract.
func (o office) awaited(of string) funding.Expectation {
	o.Helper()
	found, err := o.Expectations(o.Context(), treasurer, funding.ExpectationQuery{Territory: senart, Prefix: "payment:contract-1:" + of})
	o.must(err)
	if len(found) != 1 {
		o.Fatalf("%d are expected of %s", len(found), of)
	}
	return found[0]
}

func (o office) comes(of string, amount funding.Cents) funding.Entry {
	o.Helper()
	came := funding.Receipt{Amount: amount, On: civil.MustDate("2026-06-15"), Piece: "BQ-1"}
	e, err := o.ReceiveSum(o.Context(), treasurer, o.awaited(of).ID, came, of+amount.String())
	o.must(err)
	return e
}

// Each of these is one value that somebody changed past the program.
var keptOtherwise = map[string]string{
	"more came":            `UPDATE funding_expectations SET received = received + 1 WHERE state = 'partly' AND origin LIKE '%whole'`,
	"less came":            `UPDATE funding_expectations SET received = received - 1 WHERE state = 'partly' AND origin LIKE '%part'`,
	"nothing came":         `UPDATE funding_expectations SET received = 0, state = 'pending' WHERE state = 'posted'`,
	"came whole":           `UPDATE funding_expectations SET state = 'posted' WHERE state = 'partly'`,
	"came in part":         `UPDATE funding_expectations SET state = 'partly' WHERE state = 'posted'`,
	"awaited again":        `UPDATE funding_expectations SET state = 'pending' WHERE state = 'partly'`,
	"no state":             `UPDATE funding_expectations SET state = 'lost' WHERE state = 'pending'`,
	"more is due of it":    `UPDATE funding_expectations SET amount = amount + 1 WHERE state = 'posted'`,
	"given up":             `UPDATE funding_expectations SET state = 'voided' WHERE state = 'pending'`,
	"withdrawn":            `UPDATE funding_expectations SET state = 'withdrawn' WHERE state = 'pending'`,
	"what was paid gone":   `DELETE FROM funding_expectations WHERE state = 'posted'`,
	"a year open again":    `UPDATE funding_years SET closed_at = NULL WHERE year = 2025`,
	"a year gone":          `DELETE FROM funding_years WHERE year = 2025`,
	"closed by another":    `UPDATE funding_years SET closed_by = 'acc-u' WHERE year = 2025`,
	"a year closed":        `UPDATE funding_years SET closed_by = 'acc-t', closed_at = (SELECT MIN(at) FROM funding_entries) WHERE year = 2026`,
	"more was decided":     `UPDATE funding_decisions SET amount = amount + 1`,
	"the earlier decision": `UPDATE funding_decisions SET amount = 3000000`,
	"decided another day":  `UPDATE funding_decisions SET on_day = '2026-03-02'`,
	"decided on a paper":   `UPDATE funding_decisions SET evidence = 'x'`,
	"decided by another":   `UPDATE funding_decisions SET decided_by = 'acc-u'`,
	"a decision gone":      `DELETE FROM funding_decisions`,
	"a decision more":      `INSERT INTO funding_decisions SELECT territory, mission, 2, amount, on_day, evidence, decided_by, at FROM funding_decisions`,
}

func TestWhatIsKeptOfExpectedMoneyIsWhatEntriesAndTheAuditSay(t *testing.T) {
	beside(t, func(t *testing.T, o office, i intruder) {
		o.settlesAll()
		o.hold(5)
		i.disarms()
		for name, statement := range keptOtherwise {
			i.does(statement)
			if _, err := o.record.Verify(t.Context(), senart); !errors.Is(err, store.ErrBooksApart) {
				t.Errorf("%s: %v", name, err)
			}
			i.mends()
			o.hold(5)
		}
	})
}
