package account

import "time"

// Person is somebody who may sign in.
type Person struct {
	ID    string
	Email string // normalised by NormaliseEmail, unique
	Name  string // shown to colleagues
	Roles []Role
	// Territories are the ids of those the roles hold in.
	Territories  []string
	Practitioner string // id in the directory, for a GP; else ""
	// PasswordHash is what the Hasher made; it never leaves the account room
	// and its store.
	PasswordHash string
	// PasswordSetAt is when the password was last set, or the account last made
	// inactive. Sessions that began before are over, for good.
	PasswordSetAt time.Time
	Active        bool // an inactive person cannot sign in and has no session
	CreatedAt     time.Time
}

// Actor is the person as use cases need them.
func (p Person) Actor() Actor {
	return Actor{ID: p.ID, Name: p.Name, Roles: p.Roles, Territories: p.Territories, Practitioner: p.Practitioner}
}

// keeps reports whether a session that began at signedIn still holds.
func (p Person) keeps(signedIn time.Time) bool {
	return p.Active && !signedIn.Before(p.PasswordSetAt)
}
