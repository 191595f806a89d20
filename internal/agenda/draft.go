package agenda

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// The limits of an opening. They keep slips of the finger out, not doctors.
const (
	StartGrace     = 5 * time.Minute // an opening may start this long ago
	MaxAheadDays   = 366             // how far the first occurrence may lie
	MaxRepeatDays  = 366             // from the first day to the last of a recurrence
	MinSlotMinutes = 5
	MaxSlotMinutes = 240
	MaxSeats       = 60
	MaxNoteRunes   = 280
	MaxSlots       = 144 // of one occurrence: 12 hours of 5 minutes
)

// Draft is an opening before it is published.
type Draft struct {
	Practitioner string // "" for the actor's own
	Location     string
	Start, End   time.Time // half-open, whole minutes, at most one day on the clock
	SlotMinutes  int       // exactly one of
	Seats        int       // the two is set
	Modality     Modality
	Audience     Audience
	Note         string
	Repeat       *Repeat // its first day is Start's, one of its weekdays
}

// check returns an Invalid fault "agenda.invalid" with every broken field.
func (d Draft) check(now time.Time, t territory.Territory) error {
	fields := slices.Concat(d.checkRange(now, t.Zone), d.checkCut(), d.checkWords(), d.checkRepeat(t))
	return fault.Fields(invalid, "La plage ne peut pas être publiée ainsi.", fields...)
}

func (d Draft) checkRange(now time.Time, zone *time.Location) (fields []fault.Field) {
	limit := civil.At(civil.DateOf(d.Start, zone).AddDays(1), civil.ClockOf(d.Start, zone), zone)
	switch {
	case !wholeMinute(d.Start):
		fields = append(fields, field("start", "agenda.whole_minute", "L’heure de début se donne à la minute."))
	case d.Start.Before(now.Add(-StartGrace)):
		fields = append(fields, field("start", "agenda.start_past", "Le début est déjà passé."))
	case civil.DateOf(d.Start, zone).DaysSince(civil.DateOf(now, zone)) > MaxAheadDays:
		fields = append(fields, field("start", "agenda.start_far", "Le début est à plus d’un an."))
	}
	switch {
	case !wholeMinute(d.End):
		fields = append(fields, field("end", "agenda.whole_minute", "L’heure de fin se donne à la minute."))
	case !d.End.After(d.Start):
		fields = append(fields, field("end", "agenda.end_before_start", "La fin doit venir après le début."))
	case d.End.After(limit):
		fields = append(fields, field("end", "agenda.too_long", "Une plage dure 24 heures au plus."))
	}
	return fields
}

func (d Draft) checkCut() []fault.Field {
	minutes := int(d.End.Sub(d.Start) / time.Minute)
	switch {
	case (d.SlotMinutes == 0) == (d.Seats == 0):
		return one("slotMinutes", "agenda.cut", "Indiquez soit la durée des créneaux, soit le nombre de places.")
	case d.Seats < 0 || d.Seats > MaxSeats:
		return one("seats", "agenda.seats", "Une plage compte de 1 à 60 places.")
	case d.Seats > 0:
		return nil
	case d.SlotMinutes < MinSlotMinutes || d.SlotMinutes > MaxSlotMinutes:
		return one("slotMinutes", "agenda.slot_minutes", "Un créneau dure de 5 à 240 minutes.")
	case minutes > 0 && d.SlotMinutes > minutes:
		return one("slotMinutes", "agenda.slot_longer_than_range", "Le créneau est plus long que la plage.")
	case minutes/d.SlotMinutes > MaxSlots:
		return one("slotMinutes", "agenda.too_many_slots", "Cette plage donnerait plus de 144 créneaux.")
	}
	return nil
}

func (d Draft) checkWords() []fault.Field {
	fields := slices.Concat(checkModality(d.Modality), checkAudience(d.Audience), checkNote(d.Note))
	if d.Location == "" {
		fields = append(fields, field("location", "agenda.location_missing", "Indiquez le lieu."))
	}
	return fields
}

func (d Draft) checkRepeat(t territory.Territory) []fault.Field {
	if d.Repeat == nil || !d.End.After(d.Start) {
		return nil
	}
	first := civil.DateOf(d.Start, t.Zone)
	fields := slices.Concat(checkWeekdays(d.Repeat.Weekdays), checkUntil(d.Repeat.Until, first))
	if len(fields) > 0 {
		return fields
	}
	if !slices.Contains(d.Repeat.Weekdays, first.Weekday()) {
		return one("repeat.weekdays", "agenda.start_not_in_weekdays", "Le premier jour doit être l’un des jours choisis.")
	}
	if len(occurrences(d.opening(), t.Zone, t.Holidays, first, first.AddDays(MaxRepeatDays+1))) == 0 {
		return one("repeat", "agenda.no_occurrence", "Aucun jour ne correspond à cette répétition.")
	}
	return nil
}

// opening is the draft as an opening without identity. Its weekdays are sorted.
func (d Draft) opening() Opening {
	o := Opening{
		Practitioner: d.Practitioner, Location: d.Location, Start: d.Start.UTC(), End: d.End.UTC(),
		SlotMinutes: d.SlotMinutes, Seats: d.Seats, Modality: d.Modality, Audience: d.Audience, Note: d.Note,
	}
	if d.SlotMinutes > 0 {
		o.Seats = 1
	}
	if d.Repeat != nil {
		r := *d.Repeat
		r.Weekdays = slices.Sorted(slices.Values(r.Weekdays))
		o.Repeat = &r
	}
	return o
}

func checkModality(m Modality) []fault.Field {
	if m == Cabinet || m == Teleconsultation || m == Visite {
		return nil
	}
	return one("modality", "agenda.modality", "La modalité est inconnue.")
}

func checkAudience(a Audience) []fault.Field {
	if a == ForRegulation || a == ForCPTS {
		return nil
	}
	return one("audience", "agenda.audience", "Le public est inconnu.")
}

func checkNote(note string) []fault.Field {
	if utf8.ValidString(note) && utf8.RuneCountInString(note) <= MaxNoteRunes {
		return nil
	}
	return one("note", "agenda.note_long", "La note compte 280 caractères au plus.")
}

func checkWeekdays(days []int) []fault.Field {
	sorted := slices.Sorted(slices.Values(days))
	unique := len(slices.Compact(slices.Clone(sorted))) == len(days)
	if len(days) > 0 && unique && sorted[0] >= 1 && sorted[len(sorted)-1] <= 7 {
		return nil
	}
	return one("repeat.weekdays", "agenda.weekdays", "Les jours vont de 1 (lundi) à 7 (dimanche), chacun une fois.")
}

func checkUntil(until, first civil.Date) []fault.Field {
	switch {
	case !until.Valid():
		return one("repeat.until", "agenda.until", "Indiquez le dernier jour de la répétition.")
	case until.Before(first):
		return one("repeat.until", "agenda.until_before_start", "La répétition finit avant de commencer.")
	case until.DaysSince(first) > MaxRepeatDays:
		return one("repeat.until", "agenda.until_far", "Une répétition dure un an au plus.")
	}
	return nil
}

func wholeMinute(t time.Time) bool { return t.Second() == 0 && t.Nanosecond() == 0 }

func field(name, reason, message string) fault.Field {
	return fault.Field{Name: name, Reason: reason, Message: message}
}

func one(name, reason, message string) []fault.Field {
	return []fault.Field{field(name, reason, message)}
}
