package notice

import (
	"time"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/regulation"
)

// kind is what is said and done for notices of one kind.
type kind struct {
	title, body string // of the push; French, fixed
	page        string // where a tap leads, "" for the page of the receiver's work
	// worth is how long a push or a mail is worth delivering.
	worth time.Duration
	// urgent wakes a phone that saves its battery.
	urgent bool
	// mail is the line of the mail, "" for a kind that asks nothing and is not mailed.
	mail string
	// soon is when to mail at the latest, for what cannot wait as long as others; zero for the setting.
	soon time.Duration
	// ends is the kind that is not worth telling any more once this one came, about the same subject.
	ends regulation.NoticeKind
}

const (
	phone   = "/phone"
	console = "/console"
	pilot   = "/pilot"
)

var kinds = map[regulation.NoticeKind]kind{
	regulation.NoticeBooked: {
		title: "Nouveau rendez-vous", body: "Un de vos créneaux vient d’être réservé.",
		page: phone, worth: 24 * time.Hour, urgent: true, mail: "un rendez-vous a été pris",
	},
	regulation.NoticeBookingCancelled: {
		title: "Rendez-vous annulé", body: "Un rendez-vous vient d’être annulé.",
		worth: 24 * time.Hour, urgent: true, mail: "un rendez-vous a été annulé", ends: regulation.NoticeBooked,
	},
	regulation.NoticeCaseReopened: {
		title: "Dossier rouvert", body: "Un de vos dossiers attend de nouveau une solution.",
		page: console, worth: 4 * time.Hour, urgent: true,
	},
	regulation.NoticeSolicitationAsked: {
		title: "Demande en sus", body: "La régulation vous demande un rendez-vous en sus.",
		page: phone, worth: 15 * time.Minute, urgent: true, mail: "la régulation vous demande un rendez-vous en sus", soon: 2 * time.Minute,
	},
	regulation.NoticeSolicitationSettled: {
		title: "Demande en sus réglée", body: "Cette demande est réglée : vous n’avez rien à faire.",
		page: phone, worth: 15 * time.Minute, ends: regulation.NoticeSolicitationAsked,
	},
	regulation.NoticeSolicitationAccepted: {
		title: "Demande en sus acceptée", body: "Un médecin reçoit le patient en sus.",
		page: console, worth: time.Hour, urgent: true,
	},
	regulation.NoticeSolicitationExpired: {
		title: "Demande en sus sans réponse", body: "Personne n’a accepté à temps.",
		page: console, worth: time.Hour, urgent: true,
	},
	offered: {
		title: "Patient proposé", body: "Un patient sans médecin traitant vous est proposé.",
		page: phone, worth: offerWaits, mail: "un patient sans médecin traitant vous est proposé",
	},
	regulation.NoticeKind(attribution.NoticeOfferWithdrawn): {
		title: "Proposition retirée", body: "Une proposition de patient a été retirée : vous n’avez rien à faire.",
		page: phone, worth: 3 * 24 * time.Hour, ends: offered,
	},
	accepted: {
		title: "Patient accepté", body: "Un médecin accepte un patient que vous lui avez proposé.",
		page: pilot, worth: 7 * 24 * time.Hour, mail: "un médecin accepte un patient", ends: callAsked,
	},
	regulation.NoticeKind(attribution.NoticeDeclined): {
		title: "Proposition déclinée", body: "Un médecin ne peut pas prendre un patient que vous lui avez proposé.",
		page: pilot, worth: 3 * 24 * time.Hour, ends: callAsked,
	},
	callAsked: {
		title: "Appel demandé", body: "Un médecin souhaite vous parler avant de répondre à une proposition.",
		page: pilot, worth: 7 * 24 * time.Hour, mail: "un médecin souhaite vous parler d’un patient proposé",
	},
	regulation.NoticeKind(attribution.NoticeExpired): {
		title: "Proposition expirée", body: "Un médecin n’a pas répondu à temps à une proposition.",
		page: pilot, worth: 3 * 24 * time.Hour, ends: callAsked,
	},
}

// The kinds of attribution that others end or that are mailed. None is urgent: an offer waits for days, and nobody is woken for it.
const (
	offered   = regulation.NoticeKind(attribution.NoticeOffered)
	accepted  = regulation.NoticeKind(attribution.NoticeAccepted)
	callAsked = regulation.NoticeKind(attribution.NoticeCallAsked)
	// offerWaits is how long an offer waits by the rules shipped (configs/attribution.yaml).
	offerWaits = 14 * 24 * time.Hour
)

// Ends returns the kind that a notice of this kind makes pointless about the same subject, "" for none.
func Ends(k regulation.NoticeKind) regulation.NoticeKind { return kinds[k].ends }

// mailAfter is how long a notice may stay unseen before it is mailed, and false when its kind is not.
func (k kind) mailAfter(setting time.Duration) (time.Duration, bool) {
	if k.soon > 0 {
		setting = min(setting, k.soon)
	}
	return setting, k.mail != ""
}
