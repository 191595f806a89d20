package funding

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// schedule returns what a contract pays: its kind's, with its own amounts in
// their cells.
func (s *Service) schedule(c Contract) (Schedule, bool) {
	at := slices.IndexFunc(s.Schedules, func(one Schedule) bool { return one.Code == c.Schedule })
	if at < 0 {
		return Schedule{}, false
	}
	return s.Schedules[at].With(c), true
}

// With returns the schedule with the amounts that a contract says instead, in its
// taille's cells. The schedule itself is left as it is.
func (s Schedule) With(c Contract) Schedule {
	say := func(code string, amounts *Amounts) {
		if own, said := c.Amounts[code]; said {
			amounts[c.Taille-1] = Amount{own, true}
		}
	}
	say(s.Operating.Code, &s.Operating.Amounts)
	s.Missions = slices.Clone(s.Missions)
	for i := range s.Missions {
		m := &s.Missions[i]
		say(m.Code, &m.Amounts)
		m.Parts = slices.Clone(m.Parts)
		for j := range m.Parts {
			say(m.Parts[j].Code, &m.Parts[j].Amounts)
		}
	}
	return s
}

// checkContract returns an Invalid fault "funding.contract" that names every
// wrong value.
func (s *Service) checkContract(c Contract) error {
	today, err := s.today(c.Territory)
	if err != nil {
		return err
	}
	var fields []fault.Field
	wrong := func(name, reason, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: reason, Message: message})
	}
	if c.SIREN != "" && !sirenSound(c.SIREN) {
		wrong("siren", "funding.siren", "Un SIREN a 9 chiffres, le dernier de contrôle.")
	}
	for i, code := range c.Schemes {
		if _, known := s.Schemes.Scheme(code); !known || slices.Contains(c.Schemes[:i], code) {
			wrong(fmt.Sprintf("schemes[%d]", i), "funding.scheme_unknown", "Un dispositif de majoration est connu, et nommé une fois.")
		}
	}
	sound := c.Taille >= 1 && c.Taille <= len(Amounts{})
	if !sound {
		wrong("taille", "funding.taille", "La taille d’une CPTS va de 1 à 4.")
	}
	at := slices.IndexFunc(s.Schedules, func(one Schedule) bool { return one.Code == c.Schedule })
	switch {
	case at < 0:
		wrong("schedule", "funding.schedule_unknown", "Ce barème n’est pas connu.")
	case !c.Signed.Valid() || c.Signed.Before(s.Schedules[at].From) || c.Signed.Year > latestSignature:
		wrong("signed", "funding.signed", "La signature est à une date où ce barème vaut.")
	default:
		s.Schedules[at].checkStarts(c, today, wrong)
	}
	if at >= 0 && sound {
		s.Schedules[at].checkAmounts(c, wrong)
	}
	return fault.Fields("funding.contract", "Ce contrat est incorrect.", fields...)
}

// latestSignature keeps the days of a contract within years of four digits.
const latestSignature = 9900

// checkStarts names the starts of missions that the schedule does not have, that
// come twice, or that lie outside the contract, and full deployments that lie
// outside it, before their start or after today.
func (s Schedule) checkStarts(c Contract, today civil.Date, wrong func(name, reason, message string)) {
	end := s.Anniversary(c.Signed, s.Years)
	begun := map[string]bool{}
	for i, start := range c.Starts {
		at := fmt.Sprintf("starts[%d].", i)
		if _, known := s.Mission(start.Mission); !known || begun[start.Mission] {
			wrong(at+"mission", "funding.mission_unknown", "Une mission est du barème, et démarre une fois.")
		}
		begun[start.Mission] = true
		if !start.On.Valid() || start.On.Before(c.Signed) || !start.On.Before(end) {
			wrong(at+"on", "funding.date_outside", "Une mission démarre entre la signature et la fin du contrat.")
		}
		full := start.Deployed
		if !full.IsZero() && (!full.Valid() || full.Before(start.On) || full.Before(c.Signed) || !full.Before(end) || full.After(today)) {
			wrong(at+"deployed", "funding.date_outside", "Une mission est pleinement déployée entre son début et aujourd’hui, avant la fin du contrat.")
		}
	}
}

// checkAmounts names amounts of codes that the schedule does not have, and those
// that no contract could hold.
func (s Schedule) checkAmounts(c Contract, wrong func(name, reason, message string)) {
	codes := map[string]bool{s.Operating.Code: true}
	for _, m := range s.Missions {
		codes[m.Code] = true
		for _, p := range m.Parts {
			codes[p.Code] = true
		}
	}
	for _, code := range slices.Sorted(maps.Keys(c.Amounts)) {
		switch amount := c.Amounts[code]; {
		case !codes[code]:
			wrong("amounts."+code, "funding.code_unknown", "Ce code n’est pas au barème.")
		case amount < 0 || amount > maxAmount:
			wrong("amounts."+code, "funding.amount", "Un montant va de 0 à 10 millions d’euros.")
		}
	}
	for _, m := range s.With(c).Missions {
		if base := m.Base(c.Taille); base.Known && base.Cents < 0 {
			wrong("amounts."+m.Code, "funding.parts", "Les parts d’une mission ne dépassent pas son montant.")
		}
	}
}

// sirenSound reports whether a text is 9 digits of which the last is a Luhn key.
func sirenSound(text string) bool {
	if len(text) != 9 || !onlyDigits(text) {
		return false
	}
	sum := 0
	for i := range len(text) {
		digit, _ := strconv.Atoi(text[i : i+1])
		if i%2 == 1 { // every second from the right
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return sum%10 == 0
}
