package attribution

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// Store is what attribution needs of the record. Lists are of one territory.
type Store interface {
	// InTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
	// Request returns ErrRequestUnknown.
	Request(ctx context.Context, id string) (Request, error)
	// Requests lists a page by tier, since, draw and id.
	Requests(ctx context.Context, q RequestQuery) ([]Request, error)
	// RequestsNamed returns the open requests whose patient has this family name,
	// up to accents, case, hyphens and spaces, by its keyed hash; at most 100.
	RequestsNamed(ctx context.Context, territory, family string) ([]Request, error)
	// RequestsEverNamed returns those of one of these family names, in the same way, that
	// are open or ended and not erased: open ones first, then the latest received by
	// the CPTS; at most 500.
	RequestsEverNamed(ctx context.Context, territory string, families []string) ([]Request, error)
	// Events lists those of a request in order.
	Events(ctx context.Context, request string) ([]Event, error)
	// Declarations lists those of a territory, by practitioner, with what their
	// offers count at now.
	Declarations(ctx context.Context, territory string, now Moment) ([]Declaration, error)
	// Offer returns ErrOfferUnknown.
	Offer(ctx context.Context, id string) (Offer, error)
	// Offers lists a page, latest sent first.
	Offers(ctx context.Context, q OfferQuery) ([]Offer, error)
	// Overdue lists pending offers of every territory that expired before now, at most limit.
	Overdue(ctx context.Context, now time.Time, limit int) ([]Offer, error)
	// Forgettable lists ids of requests that ended before a time and still have
	// an identity, at most limit.
	Forgettable(ctx context.Context, territory string, endedBefore time.Time, limit int) ([]string, error)
	// Ground reads what a plan is made of, as one moment shows it: the requests in
	// a state that is Seeking, without what is sealed (Patient is nil, birth years
	// stay), the declarations with their counts, and by request the practitioners
	// who declined, let the offer expire, or were declined by the patient, in it or
	// in a request that was merged into it.
	Ground(ctx context.Context, territory string, now Moment) (Ground, error)
	// Plan returns ErrPlanUnknown; LastPlan also when there is none yet.
	Plan(ctx context.Context, id string) (StoredPlan, error)
	LastPlan(ctx context.Context, territory string) (StoredPlan, error)
	// RequestFacts and OfferFacts are every request and offer of a territory as
	// the follow-up counts them, without identity.
	RequestFacts(ctx context.Context, territory string) ([]RequestFact, error)
	OfferFacts(ctx context.Context, territory string) ([]OfferFact, error)
}

// Tx is one transaction of attribution. Reads of a request, an offer or a
// declaration inside it lock what they return until its end. Lock in this
// order: request, offer, declaration.
type Tx interface {
	Request(ctx context.Context, id string) (Request, error) // ErrRequestUnknown
	// AddRequest inserts; ErrCaseReported when its case has one already.
	AddRequest(ctx context.Context, r Request) error
	// SaveRequest writes everything but id, territory, by, case and receivedAt, and
	// raises Revision.
	SaveRequest(ctx context.Context, r Request) error
	// Erase takes away for good what is sealed in a request, its events and its
	// offers, its name hash, its birth year and its case; the rest is SaveRequest's.
	Erase(ctx context.Context, request string, at time.Time) error
	AddEvent(ctx context.Context, e Event) error

	Offer(ctx context.Context, id string) (Offer, error) // ErrOfferUnknown
	// AddOffer inserts; ErrAlreadyOffered when the request has one that waits or
	// was accepted.
	AddOffer(ctx context.Context, o Offer) error
	SaveOffer(ctx context.Context, o Offer) error // state, answer and call; raises Revision

	// Declaration returns the practitioner's, with counts at now, and false when
	// there is none yet. It locks the practitioner's even then, so that two
	// offers for one last place wait for each other.
	Declaration(ctx context.Context, territory, practitioner string, now Moment) (Declaration, bool, error)
	SaveDeclaration(ctx context.Context, d Declaration) error

	SavePlan(ctx context.Context, p StoredPlan) error // inserts
	// CalledAbout returns the territory of a regulation case and whether its patient
	// said to have a médecin traitant; ErrCaseUnknown.
	CalledAbout(ctx context.Context, id string) (territory string, hasMT bool, err error)

	Audit(ctx context.Context, e audit.Entry) error
	AuditAll(ctx context.Context, entries []audit.Entry) error
	// Remembered and Remember keep idempotent answers, as in agenda.Tx.
	Remembered(ctx context.Context, actor, key, digest string) (made string, err error)
	Remember(ctx context.Context, actor, key, digest, made string, at time.Time) error
	// Mark returns a keyed hash of a text: equal for equal texts, and telling
	// nothing of them without the record's keys.
	Mark(text string) (string, error)
}

// Moment is when offers are counted: those that have not expired at Now are
// pending, those accepted in [From, To) are taken, the quarter's bounds in the
// territory's zone.
type Moment struct{ Now, From, To time.Time }

// Ground is what a plan is made of.
type Ground struct {
	Requests     []Request
	Declarations []Declaration
	NotBy        map[string][]string // practitioners by request, each list sorted
}

// RequestQuery selects requests.
type RequestQuery struct {
	Territory string
	States    []State         // none for all
	Tier      int             // 0 for all
	Commune   territory.INSEE // "" for all
	By        string          // account that entered it, "" for all
	After     Key             // zero for the first page
	Limit     int
}

// Key is where a page of requests ended.
type Key struct {
	Tier  int
	Since civil.Date
	Draw  uint64
	ID    string
}

// OfferQuery selects offers. Practitioner or Request may be "".
type OfferQuery struct {
	Territory    string
	Practitioner string
	Request      string
	States       []OfferState // none for all; as they are kept, expired ones may still be pending
	After        OfferKey
	Limit        int
}

// OfferKey is where a page of offers ended.
type OfferKey struct {
	SentAt time.Time
	ID     string
}

// RequestFact is a request as the follow-up counts it.
type RequestFact struct {
	Origin       Origin
	Commune      territory.INSEE
	Tier         int
	Criteria     Set // with Aged70 as of its last write
	State        State
	Since        civil.Date
	AcceptedAt   time.Time
	AttachedOn   civil.Date
	ClosedAt     time.Time
	ClosedReason ClosedReason
}

// OfferFact is an offer as the follow-up counts it.
type OfferFact struct {
	State      OfferState
	SentAt     time.Time
	ExpiresAt  time.Time
	AnsweredAt time.Time
	CallAsked  bool
	Reason     DeclineReason
}

// StoredPlan is a plan as it was computed, with what it was computed from.
type StoredPlan struct {
	ID        string
	Territory string
	At        time.Time
	By        string     // account id
	Day       civil.Date // ages and the rule are of this day
	Rule      civil.Date // From of the rule in force
	// Inputs is the SHA-256 of everything the plan was computed from, in hex:
	// equal inputs give equal plans.
	Inputs  string
	Seekers int
	GPs     int // with a declaration
	Places  int // left in all
	Plan    Plan
}

// People is how attribution knows who works where.
type People interface {
	Practitioners(ctx context.Context, territory string) ([]directory.Practitioner, error)
	Locations(ctx context.Context, territory string) ([]directory.Location, error)
}

// Territories is how attribution finds a territory.
type Territories interface {
	// Territory returns a NotFound fault "territory.unknown".
	Territory(id string) (territory.Territory, error)
}

// Notice tells one person or practitioner of something that concerns them. It
// carries ids only.
type Notice struct {
	Territory    string
	Account      string // the person, or
	Practitioner string // the practitioner's own accounts
	Kind         NoticeKind
	Request      string
	Offer        string
}

// NoticeKind says what happened.
type NoticeKind string

// The kinds of notice.
const (
	NoticeOffered        NoticeKind = "mt_offered"         // to the GP
	NoticeOfferWithdrawn NoticeKind = "mt_offer_withdrawn" // to the GP
	NoticeAccepted       NoticeKind = "mt_accepted"        // to the nurse who sent it, and so on
	NoticeDeclined       NoticeKind = "mt_declined"
	NoticeCallAsked      NoticeKind = "mt_call_asked"
	NoticeExpired        NoticeKind = "mt_expired"
)

// Notifier sends notices, best effort, after the transaction.
type Notifier interface {
	NotifyAttribution(ctx context.Context, n Notice)
}
