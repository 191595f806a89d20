package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

// contractAge is for how many days the contract runs: its second year is well
// begun, its first dialogue held, and the full deployment of access to care, due
// after 18 months, is three weeks away.
const contractAge = 525

// When missions began, in days after the signature: each before its deadline.
var missionStarts = []struct {
	mission string
	after   int
}{{"acces", 75}, {"crise", 150}, {"parcours", 240}, {"prevention", 300}}

// crisisDeployed is when the crisis mission was fully deployed, in days after the
// signature. Nothing says so yet of access to care, whose day comes soon.
const crisisDeployed = 430

// ledger is the contract of the demo, its books and its indicators.
type ledger struct {
	*season
	now                    time.Time
	treasurer, coordinator account.Actor
	contract               funding.Contract
	anniversary            civil.Date // first day of contract year 2
	meetings               []meeting
	acts                   []act
	pieces                 int
}

// sign enters the contract and what it is measured by. It comes before the season
// is lived, while the record has next to nothing to be measured: that takes time.
func (s *season) sign(ctx context.Context, now time.Time) (*ledger, error) {
	l := &ledger{season: s, now: now, treasurer: s.staff.one(account.Treasurer), coordinator: s.staff.one(account.Coordinator)}
	signed := workday(s.today.AddDays(-contractAge))
	l.anniversary = yearAfter(signed)
	l.contract = funding.Contract{Territory: s.Territory.ID, Schedule: "aci-2019", Signed: signed, Taille: 3, Schemes: []string{"vendee-2020"}, SIREN: "999000003"}
	for _, m := range missionStarts {
		l.contract.Starts = append(l.contract.Starts, funding.Start{Mission: m.mission, On: l.started(m.mission)})
	}
	s.clock.Set(s.at(signed, "11:00"))
	var err error
	if l.contract, err = s.Books.SetContract(ctx, l.treasurer, l.contract); err != nil {
		return nil, fmt.Errorf("the contract: %w", err)
	}
	for year := signed.Year; year <= s.today.Year; year++ {
		if _, err := s.Books.OpenYear(ctx, l.treasurer, s.Territory.ID, day(year, time.January, 1), day(year, time.December, 31)); err != nil {
			return nil, fmt.Errorf("the fiscal year %d: %w", year, err)
		}
	}
	if err := l.deploy(ctx); err != nil {
		return nil, fmt.Errorf("the deployment: %w", err)
	}
	if err := l.meet(ctx); err != nil {
		return nil, fmt.Errorf("meetings: %w", err)
	}
	if err := l.aim(ctx); err != nil {
		return nil, fmt.Errorf("objectives: %w", err)
	}
	if err := l.freeze(ctx); err != nil {
		return nil, fmt.Errorf("the first year's figures: %w", err)
	}
	return l, nil
}

// deploy notes in the contract that the crisis mission is fully deployed.
func (l *ledger) deploy(ctx context.Context) error {
	on := workday(l.contract.Signed.AddDays(crisisDeployed))
	for i := range l.contract.Starts {
		if start := &l.contract.Starts[i]; start.Mission == "crise" {
			start.Deployed = on
		}
	}
	l.clock.Set(l.at(on, "17:00"))
	var err error
	l.contract, err = l.Books.SetContract(ctx, l.treasurer, l.contract)
	return err
}

// started is when a mission of the contract began.
func (l *ledger) started(mission string) civil.Date {
	for _, m := range missionStarts {
		if m.mission == mission {
			return workday(l.contract.Signed.AddDays(m.after))
		}
	}
	return civil.Date{}
}

// year is the contract year that holds a day.
func (l *ledger) year(on civil.Date) int {
	if on.Before(l.anniversary) {
		return 1
	}
	return 2
}

// about says what money of an envelope is about; what does not let the CPTS run is
// of a mission.
func (l *ledger) about(on civil.Date, mission, envelope string) funding.Dimensions {
	d := funding.Dimensions{Contract: l.contract.ID, Year: l.year(on), Mission: mission, Envelope: envelope, Budget: funding.Operationnel}
	if mission == "" && envelope != "" {
		d.Budget = funding.Fonctionnement
	}
	return d
}

func day(year int, month time.Month, of int) civil.Date {
	return civil.Date{Year: year, Month: month, Day: of}
}

// yearAfter is the first anniversary, as the schedule of 2019 has it.
func yearAfter(d civil.Date) civil.Date {
	if d.Month == time.February && d.Day == 29 {
		return day(d.Year+1, time.February, 28)
	}
	return day(d.Year+1, d.Month, d.Day)
}

// euros are whole euros.
func euros(n int) funding.Cents { return funding.Cents(n) * 100 }
