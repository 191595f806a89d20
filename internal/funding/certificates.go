package funding

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// Certificate says that a doctor honoured an appointment that the regulation
// sent, and what it earns. It knows nothing of the patient.
type Certificate struct {
	Act
	TerritoryName string
	Doctor        string // name, "" when the directory has it no more
	RPPS          string // "" as well
	Majorations   []EarnedMajoration
}

// EarnedMajoration is what an act earns under a scheme of the contract, and why.
type EarnedMajoration struct {
	Scheme, Name, Payer string
	Amount              Cents
	Because             []Reason
	Nth                 int // of the doctor's acts of that week, 0 without a cap
}

// Certificate returns that of a booking, for its doctor, treasurers and
// coordinators. ErrActUnknown unless it began, was honoured and was sent by the
// regulation.
func (s *Service) Certificate(ctx context.Context, a account.Actor, booking string) (Certificate, error) {
	// Who reads none learns of no booking whether there is one.
	if err := account.Allow(a, account.ReadCertificates, account.Target{Practitioner: a.Practitioner}); err != nil {
		return Certificate{}, err
	}
	act, err := s.Store.Act(ctx, booking)
	if err != nil || !a.In(act.Territory) || !act.ByRegulator {
		return Certificate{}, first(err, ErrActUnknown)
	}
	if err := s.mayCertify(a, act.Territory, act.Practitioner); err != nil {
		return Certificate{}, err
	}
	land, err := s.Territories.Territory(act.Territory)
	if err != nil {
		return Certificate{}, err
	}
	day := civil.Day(civil.DateOf(act.Start, land.Zone), land.Zone)
	all, err := s.certify(ctx, land, act.Practitioner, day)
	if err != nil {
		return Certificate{}, err
	}
	at := slices.IndexFunc(all, func(c Certificate) bool { return c.Booking == booking })
	if at < 0 { // corrected between two readings
		return Certificate{}, ErrActUnknown
	}
	return all[at], nil
}

// Certificates lists those of a month of the territory's zone, by doctor and
// start, of one practitioner or, for treasurers and coordinators, of all when none
// is named. Any day stands for its month. Invalid "funding.month".
func (s *Service) Certificates(ctx context.Context, a account.Actor, territory, practitioner string, month civil.Date) ([]Certificate, error) {
	if err := s.mayCertify(a, territory, practitioner); err != nil {
		return nil, err
	}
	if !month.Valid() {
		return nil, fault.Fields("funding.month", "Ce mois est incorrect.",
			fault.Field{Name: "month", Reason: "funding.month", Message: "Le mois est une date."})
	}
	land, err := s.Territories.Territory(territory)
	if err != nil {
		return nil, err
	}
	return s.certify(ctx, land, practitioner, civil.Month(month, land.Zone))
}

func (s *Service) mayCertify(a account.Actor, territory, practitioner string) error {
	if err := account.Allow(a, account.ReadCertificates, account.Target{Territory: territory, Practitioner: practitioner}); err != nil {
		return err
	}
	_, err := s.Territories.Territory(territory)
	return err
}

// certify lists the certificates of a period. It looks a week further back: the
// acts before count under a weekly cap.
func (s *Service) certify(ctx context.Context, land territory.Territory, practitioner string, period civil.Interval) ([]Certificate, error) {
	since := civil.Day(civil.DateOf(period.Start, land.Zone).AddDays(-6), land.Zone).Start
	acts, err := s.begun(ctx, land.ID, since, period.End)
	if err != nil {
		return nil, err
	}
	earned, err := s.earned(ctx, land.ID, acts, land.Zone)
	if err != nil {
		return nil, err
	}
	doctors, err := s.doctors(ctx, land.ID)
	if err != nil {
		return nil, err
	}
	var all []Certificate
	for _, act := range acts {
		if act.ByRegulator && period.Contains(act.Start) && (practitioner == "" || act.Practitioner == practitioner) {
			doctor := doctors[act.Practitioner]
			all = append(all, Certificate{
				Act: act, TerritoryName: land.Name, Doctor: doctor.Name(), RPPS: string(doctor.RPPS), Majorations: earned[act.Booking],
			})
		}
	}
	return all, nil
}

// begun lists acts of [from, to) that have started: a doctor may say that someone
// came some minutes before that, and until then nothing is earned or certified.
func (s *Service) begun(ctx context.Context, territory string, from, to time.Time) ([]Act, error) {
	acts, err := s.Store.Acts(ctx, territory, from, to)
	now := s.Now()
	return slices.DeleteFunc(acts, func(a Act) bool { return a.Start.After(now) }), err
}

// earned tells what acts earn under the schemes of the contract, by booking.
func (s *Service) earned(ctx context.Context, territory string, acts []Act, zone *time.Location) (map[string][]EarnedMajoration, error) {
	c, _, err := s.Store.Contract(ctx, territory)
	if err != nil {
		return nil, err
	}
	all := map[string][]EarnedMajoration{}
	for _, code := range c.Schemes {
		scheme, known := s.Schemes.Scheme(code)
		if !known {
			continue
		}
		for _, m := range scheme.Earn(acts, zone) {
			all[m.Booking] = append(all[m.Booking], EarnedMajoration{Scheme: code, Name: scheme.Name, Payer: scheme.Payer,
				Amount: m.Amount, Because: m.Because, Nth: m.Nth})
		}
	}
	return all, nil
}

func (s *Service) doctors(ctx context.Context, territory string) (map[string]directory.Practitioner, error) {
	people, err := s.People.Practitioners(ctx, territory)
	doctors := map[string]directory.Practitioner{}
	for _, p := range people {
		doctors[p.ID] = p
	}
	return doctors, err
}
