package account

import "slices"

// Role is what a person does in a territory.
type Role string

// The roles. One person may have several.
const (
	GP           Role = "gp"           // médecin effecteur: publishes, sees who comes
	Regulator    Role = "regulator"    // 116117 or SAS call taker
	Professional Role = "professional" // pharmacist, nurse, DAC: sees offers meant for the CPTS
	Coordinator  Role = "coordinator"  // coordinateur de la CPTS
	Treasurer    Role = "treasurer"
	TriageNurse  Role = "triage_nurse" // IDE: requests of patients without médecin traitant
	Observer     Role = "observer"     // CPAM, ARS: indicators, no identity
	Admin        Role = "admin"        // accounts, territories, keys; no patient
)

// Roles lists every role, in a fixed order.
func Roles() []Role {
	return []Role{GP, Regulator, Professional, Coordinator, Treasurer, TriageNurse, Observer, Admin}
}

// Actor is a signed-in person, as use cases need them.
type Actor struct {
	ID           string
	Name         string // shown to colleagues
	Roles        []Role
	Territories  []string // ids of the territories the roles hold in
	Practitioner string   // id in the directory, for a GP; else ""
}

// Has reports whether the actor has the role.
func (a Actor) Has(r Role) bool { return slices.Contains(a.Roles, r) }

// In reports whether the actor's roles hold in the territory.
func (a Actor) In(territory string) bool { return slices.Contains(a.Territories, territory) }
