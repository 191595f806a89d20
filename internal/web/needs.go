package web

import (
	"context"
	"io"
	"net/netip"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/training"
)

// Accounts is what signing in needs.
type Accounts interface {
	// SignIn returns who they are, or account.ErrBadCredentials or account.ErrLocked.
	SignIn(ctx context.Context, email, password string, source netip.Addr) (account.Actor, error)
	// Actor returns who a session speaks for, as they were within the last second, or account.ErrSignInRequired.
	Actor(ctx context.Context, id string, signedIn time.Time) (account.Actor, error)
	// Names returns the display names of accounts by id; unknown ones are left out.
	Names(ctx context.Context, ids ...string) (map[string]string, error)
}

// Territories finds a territory; an unknown one is a NotFound fault "territory.unknown".
type Territories interface {
	Territory(id string) (territory.Territory, error)
}

// People is who publishes in a territory, and where.
type People interface {
	Practitioners(ctx context.Context, territory string) ([]directory.Practitioner, error)
	Locations(ctx context.Context, territory string) ([]directory.Location, error)
}

// Board is the slots of a territory as they stand.
type Board interface {
	Slots(ctx context.Context, a account.Actor, q regulation.BoardQuery) (regulation.Board, error)
}

// Holds keeps seats while a caller is on the line.
type Holds interface {
	Hold(ctx context.Context, a account.Actor, slot, caseID string) (regulation.Hold, error)
	Extend(ctx context.Context, a account.Actor, token string) (regulation.Hold, error)
	Release(ctx context.Context, a account.Actor, token string) error
}

// Cases is callers from their first word to an outcome.
type Cases interface {
	OpenCase(ctx context.Context, a account.Actor, d regulation.CaseDraft) (regulation.Case, error)
	ChangeCase(ctx context.Context, a account.Actor, id string, d regulation.CaseDraft) (regulation.Case, error)
	CloseCase(ctx context.Context, a account.Actor, id string, end regulation.Closing) (regulation.Case, error)
	NoteEffort(ctx context.Context, a account.Actor, id string, e regulation.Effort) error
	Cases(ctx context.Context, a account.Actor, q regulation.CaseQuery) ([]regulation.Case, error)
}

// Bookings is seats taken, and what became of them.
type Bookings interface {
	Book(ctx context.Context, a account.Actor, r regulation.BookRequest) (regulation.Booking, error)
	Bookings(ctx context.Context, a account.Actor, q regulation.BookingQuery) ([]regulation.Booking, error)
	Booking(ctx context.Context, a account.Actor, id string) (regulation.Booking, error)
	Cancel(ctx context.Context, a account.Actor, id string, by regulation.CancelledBy, reason string) (regulation.Booking, error)
	Tell(ctx context.Context, a account.Actor, id string, outcome regulation.BookingState) (regulation.Booking, error)
}

// Solicitations asks GPs to take callers on top of their published slots.
type Solicitations interface {
	Candidates(ctx context.Context, a account.Actor, caseID string) ([]regulation.Candidate, error)
	Solicit(ctx context.Context, a account.Actor, r regulation.SolicitRequest) (regulation.Solicitation, error)
	Solicitations(ctx context.Context, a account.Actor, q regulation.SolicitationQuery) ([]regulation.Solicitation, error)
	Accept(ctx context.Context, a account.Actor, r regulation.Acceptance) (regulation.Booking, error)
	Decline(ctx context.Context, a account.Actor, id string) error
	Withdraw(ctx context.Context, a account.Actor, id string) error
	Extras(ctx context.Context, a account.Actor) (regulation.Extras, error)
	SetExtras(ctx context.Context, a account.Actor, accepts bool, until time.Time) (regulation.Extras, error)
}

// Openings is publishing.
type Openings interface {
	Publish(ctx context.Context, a account.Actor, d agenda.Draft, key string) (agenda.Opening, []agenda.Record, error)
	Openings(ctx context.Context, a account.Actor, practitioner string, from, to time.Time) ([]agenda.Opening, error)
	Change(ctx context.Context, a account.Actor, id string, c agenda.Change) (agenda.Opening, []agenda.Record, error)
	Stop(ctx context.Context, a account.Actor, id string, from time.Time) (agenda.Opening, error)
	Withdraw(ctx context.Context, a account.Actor, slot string) (agenda.Record, error)
	Restore(ctx context.Context, a account.Actor, slot string) (agenda.Record, error)
	Skip(ctx context.Context, a account.Actor, id string, day civil.Date) (agenda.Opening, []agenda.Kept, error)
	Unskip(ctx context.Context, a account.Actor, id string, day civil.Date) (agenda.Opening, error)
	Pause(ctx context.Context, a account.Actor, practitioner string, from, to civil.Date) (agenda.Pause, []agenda.Kept, error)
	Pauses(ctx context.Context, a account.Actor, practitioner string) ([]agenda.Pause, error)
	EndPause(ctx context.Context, a account.Actor, id string) error
}

// Live brings the present of territories to live lines.
type Live interface {
	Watch(ctx context.Context, r live.WatchRequest) (*live.Console, error)
	Focus(ctx context.Context, territory string, f live.Focus)
}

// Fill is the fill rate of a territory.
type Fill interface {
	Fill(ctx context.Context, a account.Actor, territory string, from, to civil.Date, by indicator.Grouping) (indicator.Report, error)
}

// Indicators is what a territory's pilot looks at beside the fill rate.
type Indicators interface {
	Unmet(ctx context.Context, a account.Actor, territory string, from, to civil.Date) (indicator.UnmetReport, error)
	Calls(ctx context.Context, a account.Actor, territory string, from, to civil.Date, by indicator.Grouping) (indicator.CallReport, error)
	Weeks(ctx context.Context, a account.Actor, territory string, from, to civil.Date) (indicator.WeekReport, error)
	Cover(ctx context.Context, a account.Actor, territory string, from, to civil.Date) (indicator.CoverReport, error)
}

// Requests is patients without médecin traitant, from report to attachment.
type Requests interface {
	Report(ctx context.Context, a account.Actor, d attribution.Draft, key string) (attribution.Request, error)
	Change(ctx context.Context, a account.Actor, id string, d attribution.Draft) (attribution.Request, error)
	Request(ctx context.Context, a account.Actor, id string) (attribution.Request, error)
	Requests(ctx context.Context, a account.Actor, q attribution.RequestQuery) ([]attribution.Request, error)
	Search(ctx context.Context, a account.Actor, territory, family string) ([]attribution.Request, error)
	Events(ctx context.Context, a account.Actor, id string) ([]attribution.Event, error)
	Step(ctx context.Context, a account.Actor, id string, s attribution.Step) (attribution.Request, error)
	Import(ctx context.Context, a account.Actor, territory string, r io.Reader, dryRun bool) (attribution.ImportReport, error)
}

// Matching is who can take whom.
type Matching interface {
	Capacities(ctx context.Context, a account.Actor, territory string) ([]attribution.Declaration, error)
	Declare(ctx context.Context, a account.Actor, d attribution.Declaration) (attribution.Declaration, error)
	Compute(ctx context.Context, a account.Actor, territory string) (attribution.PlanView, error)
	LastPlan(ctx context.Context, a account.Actor, territory string) (attribution.PlanView, error)
	Choices(ctx context.Context, a account.Actor, request string) ([]attribution.Choice, error)
}

// Offers is patients offered to GPs, and what they say.
type Offers interface {
	Send(ctx context.Context, a account.Actor, s attribution.Sending) ([]attribution.Sent, error)
	Offers(ctx context.Context, a account.Actor, q attribution.OfferQuery) ([]attribution.OfferView, error)
	Offer(ctx context.Context, a account.Actor, id string) (attribution.OfferView, error)
	Answer(ctx context.Context, a account.Actor, id string, w attribution.Answer) (attribution.OfferView, error)
	Withdraw(ctx context.Context, a account.Actor, id string) (attribution.OfferView, error)
}

// FollowUps is how the search for médecins traitants goes.
type FollowUps interface {
	FollowUp(ctx context.Context, a account.Actor, territory string, from, to civil.Date) (attribution.FollowUp, error)
}

// Declared is the figures of the caisse.
type Declared interface {
	DeclareFigure(ctx context.Context, a account.Actor, d indicator.Declared) (indicator.Declared, error)
	DeclaredFigures(ctx context.Context, a account.Actor, territory string) (indicator.DeclaredReport, error)
	DeleteFigure(ctx context.Context, a account.Actor, id string) error
}

// Training is the entraînement of whoever calls.
type Training interface {
	// Start gives somebody a territory and an account for it: training.ErrFull, training.ErrTooMany.
	Start(ctx context.Context, source netip.Addr) (account.Actor, error)
	View(ctx context.Context, a account.Actor) (training.View, error)
	Begin(ctx context.Context, a account.Actor, number int) (training.View, error)
	Leave(ctx context.Context, a account.Actor)
}

// Inbox is what the caller was told. Nobody reaches another's.
type Inbox interface {
	List(ctx context.Context, a account.Actor, unseenOnly bool, after regulation.Key, limit int) ([]notice.Notice, regulation.Key, error)
	See(ctx context.Context, a account.Actor, ids []string) error
	Alerts(ctx context.Context, a account.Actor) (notice.Alerts, error)
	SetAlerts(ctx context.Context, a account.Actor, mail bool) (notice.Alerts, error)
}

// Devices is the devices that ring for the caller.
type Devices interface {
	// Key is the public key that browsers subscribe with, base64url.
	Key() string
	Subscribe(ctx context.Context, a account.Actor, s notice.Subscription) (notice.Device, error)
	List(ctx context.Context, a account.Actor) ([]notice.Device, error)
	Forget(ctx context.Context, a account.Actor, id string) error
	Try(ctx context.Context, a account.Actor) (notice.Trial, error)
}

// Feeds is private calendar addresses.
type Feeds interface {
	Create(ctx context.Context, a account.Actor, kind agenda.FeedKind, target string) (agenda.Feed, string, error)
	List(ctx context.Context, a account.Actor) ([]agenda.Feed, error)
	Revoke(ctx context.Context, a account.Actor, id string) error
}

// Calendars is what calendar programs read.
type Calendars interface {
	// Find returns the feed of a token, or agenda.ErrFeedUnknown.
	Find(ctx context.Context, token string) (agenda.Feed, error)
	// Stamp tells the state of a feed's content without reading it.
	Stamp(ctx context.Context, feed agenda.Feed) (agenda.FeedStamp, error)
	// Render returns the feed as iCalendar bytes, gzipped when packed, with the stamp of what they show. stamp is the state just
	// seen, under which bytes may have been kept.
	Render(ctx context.Context, feed agenda.Feed, stamp agenda.FeedStamp, packed bool) (body []byte, shown agenda.FeedStamp, err error)
}
