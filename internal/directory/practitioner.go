package directory

import (
	"slices"
	"strings"
)

// Practitioner is a professional who gives care (FHIR Practitioner).
type Practitioner struct {
	ID          string
	RPPS        RPPS
	Family      string
	Given       string
	Title       string // "Dr", "Pr", "Mme"; may be empty
	Profession  Profession
	Specialty   string   // as the professional names it; may be empty
	Phone       Phone    // may be empty
	Territories []string // ids, in order
	Locations   []string // ids, in order
}

// Name returns the practitioner as colleagues read it: "Dr Ada Martin".
func (p Practitioner) Name() string {
	title := p.Title
	if title == "" && p.Profession == Physician {
		title = "Dr"
	}
	return strings.Join(strings.Fields(title+" "+p.Given+" "+p.Family), " ")
}

// WorksAt reports whether the location is one of the practitioner's.
func (p Practitioner) WorksAt(location string) bool { return slices.Contains(p.Locations, location) }

// In reports whether the practitioner belongs to the territory.
func (p Practitioner) In(territory string) bool { return slices.Contains(p.Territories, territory) }

// Completed returns p with what news knows better: every text that news has replaces p's, territories and
// locations add up, identity (ID, RPPS) stays.
func (p Practitioner) Completed(news Practitioner) Practitioner {
	p.Family = newer(p.Family, news.Family)
	p.Given = newer(p.Given, news.Given)
	p.Title = newer(p.Title, news.Title)
	p.Profession = newer(p.Profession, news.Profession)
	p.Specialty = newer(p.Specialty, news.Specialty)
	p.Phone = newer(p.Phone, news.Phone)
	p.Territories = union(p.Territories, news.Territories)
	p.Locations = union(p.Locations, news.Locations)
	return p
}

// Equal reports whether nothing tells p and other apart; the order of territories and locations does not count.
func (p Practitioner) Equal(other Practitioner) bool {
	return p.ID == other.ID && p.RPPS == other.RPPS && p.Family == other.Family && p.Given == other.Given &&
		p.Title == other.Title && p.Profession == other.Profession && p.Specialty == other.Specialty &&
		p.Phone == other.Phone &&
		slices.Equal(union(p.Territories, nil), union(other.Territories, nil)) &&
		slices.Equal(union(p.Locations, nil), union(other.Locations, nil))
}

func newer[T ~string](old, news T) T {
	if news == "" {
		return old
	}
	return news
}

// union returns both lists as one, in order, each value once.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
