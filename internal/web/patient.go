package web

import (
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// patientFrom reads a submitted patient; without a word about the médecin traitant, it is unknown.
func patientFrom(p api.Patient) regulation.Patient {
	out := regulation.Patient{
		Family: p.Family, Given: value(p.Given), Phone: value(p.Phone), Commune: value(p.Commune),
		MT: regulation.MT{Status: regulation.MTUnknown},
	}
	if p.BirthDate != nil {
		out.BirthDate = dateFrom(*p.BirthDate)
	}
	if p.Mt != nil {
		out.MT = mtFrom(*p.Mt)
	}
	return out
}

func patientOf(p regulation.Patient) *api.Patient {
	out := &api.Patient{
		Family: p.Family, Given: optional(p.Given), Phone: optional(p.Phone), Commune: optional(p.Commune), Mt: mtOf(p.MT),
	}
	if !p.BirthDate.IsZero() {
		birth := dateOf(p.BirthDate)
		out.BirthDate = &birth
	}
	return out
}

func mtFrom(mt api.MedecinTraitant) regulation.MT {
	return regulation.MT{Status: regulation.MTStatus(mt.Status), RPPS: value(mt.Rpps), Name: value(mt.Name)}
}

func mtOf(mt regulation.MT) *api.MedecinTraitant {
	if mt.Status == "" {
		return nil
	}
	return &api.MedecinTraitant{Status: api.MedecinTraitantStatus(mt.Status), Rpps: optional(mt.RPPS), Name: optional(mt.Name)}
}

func dateFrom(d openapi_types.Date) civil.Date { return civil.DateOf(d.Time, time.UTC) }

func dateOf(d civil.Date) openapi_types.Date {
	return openapi_types.Date{Time: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)}
}
