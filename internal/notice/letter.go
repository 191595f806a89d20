package notice

import (
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// Letter is all that waits for one account, to be told in one mail.
type Letter struct {
	To           string // e-mail address
	Practitioner bool   // the receiver has a phone page
	Notices      []Notice
}

// Mail is a letter in words: plain text, French.
type Mail struct {
	ID      string // unique, equal when the same letter is sent again after a crash
	To      string
	Subject string
	Text    string
	At      time.Time
}

// mailOf words a letter. base is the address that links lead to, without a slash at its end.
func mailOf(l Letter, base string, now time.Time) Mail {
	lines := []string{}
	for _, k := range mailed {
		if n := count(l.Notices, k); n > 0 {
			lines = append(lines, kinds[k].mail)
		}
	}
	m := Mail{ID: l.Notices[0].ID, To: l.To, At: now, Subject: "Relais : " + lines[0]}
	if len(lines) > 1 || len(l.Notices) > 1 {
		m.Subject = "Relais : du nouveau vous attend"
	}
	page := l.page()
	m.Text = "Bonjour,\n\nRelais : " + strings.Join(lines, " ; ") + ", ouvrez Relais :\n" + base + page +
		"\n\nCe message ne contient volontairement aucun détail. Pour ne plus en recevoir, changez vos alertes dans Relais.\n"
	return m
}

// page is where the receiver finds what waits: the page that all of it is shown on, or else that of their work.
func (l Letter) page() string {
	page := kinds[l.Notices[0].Kind].page
	for _, n := range l.Notices {
		if kinds[n.Kind].page != page {
			page = ""
		}
	}
	switch {
	case page != "":
		return page
	case l.Practitioner:
		return phone
	}
	return console
}

// mailed are the kinds that a letter tells, in its order.
var mailed = []regulation.NoticeKind{
	regulation.NoticeSolicitationAsked, regulation.NoticeBooked, regulation.NoticeBookingCancelled,
	accepted, callAsked, offered,
}

func count(notices []Notice, k regulation.NoticeKind) (n int) {
	for _, each := range notices {
		if each.Kind == k {
			n++
		}
	}
	return n
}
