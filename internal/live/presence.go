package live

import (
	"cmp"
	"slices"
	"time"
)

const (
	fadesAfter = 5 * time.Minute
	crowd      = 500 // people shown at most, as the contract says
)

// presence is who looks at which slot.
type presence struct {
	who     map[string]seen // by account
	changed bool
}

type seen struct {
	Focus
	at time.Time
}

func (p *presence) set(f Focus, now time.Time) {
	if p.who == nil {
		p.who = map[string]seen{}
	}
	old, known := p.who[f.Holder]
	switch {
	case f.Slot == "" && !known, f.Slot != "" && !known && len(p.who) >= crowd:
		return
	case f.Slot == "":
		delete(p.who, f.Holder)
	default:
		p.who[f.Holder] = seen{f, now}
	}
	p.changed = p.changed || old.Focus != f
}

// fade drops those who have not been heard of for a while.
func (p *presence) fade(now time.Time) {
	for holder, s := range p.who {
		if now.Sub(s.at) >= fadesAfter {
			delete(p.who, holder)
			p.changed = true
		}
	}
}

func (p *presence) list() []Focus {
	who := make([]Focus, 0, len(p.who))
	for _, s := range p.who {
		who = append(who, s.Focus)
	}
	slices.SortFunc(who, func(a, b Focus) int { return cmp.Compare(a.Holder, b.Holder) })
	return who
}

// news is a presence frame if anything changed since the last one, else nil.
func (p *presence) news(territory string) *Frame {
	if !p.changed {
		return nil
	}
	p.changed = false
	return presenceFrame(territory, p.list())
}
