package web

import "github.com/relais-snp/relais/internal/web/api"

// handlers is every call of the contract, one part a noun.
type handlers struct {
	signInHandlers
	territoryHandlers
	practitionerHandlers
	openingHandlers
	pauseHandlers
	slotHandlers
	holdHandlers
	caseHandlers
	bookingHandlers
	solicitationHandlers
	fillHandlers
	indicatorHandlers
	feedHandlers
	noticeHandlers
	pushHandlers
	trainingHandlers
}

var _ api.StrictServerInterface = handlers{}

func (s *Server) handlers(cfg Config) handlers {
	shown := names{accounts: cfg.Accounts}
	return handlers{
		signInHandlers:       signInHandlers{accounts: cfg.Accounts, territories: cfg.Territories, sessions: s.sessions, gate: newGate(), ended: s.socket.endSession, clock: cfg.Now, simulated: cfg.Simulated},
		territoryHandlers:    territoryHandlers{territories: cfg.Territories},
		practitionerHandlers: practitionerHandlers{territories: cfg.Territories, people: cfg.People},
		openingHandlers:      openingHandlers{openings: cfg.Openings, clock: cfg.Now},
		pauseHandlers:        pauseHandlers{openings: cfg.Openings},
		slotHandlers:         slotHandlers{board: cfg.Board},
		holdHandlers:         holdHandlers{holds: cfg.Holds},
		caseHandlers:         caseHandlers{cases: cfg.Cases, names: shown},
		bookingHandlers:      bookingHandlers{bookings: cfg.Bookings, names: shown, clock: cfg.Now},
		solicitationHandlers: solicitationHandlers{solicitations: cfg.Solicitations, names: shown},
		fillHandlers:         fillHandlers{fill: cfg.Fill},
		indicatorHandlers:    indicatorHandlers{indicators: cfg.Indicators},
		feedHandlers:         feedHandlers{feeds: cfg.Feeds, origin: orElse(s.origin, cfg.Address)},
		noticeHandlers:       noticeHandlers{inbox: cfg.Inbox},
		pushHandlers:         pushHandlers{devices: cfg.Devices},
		trainingHandlers:     trainingHandlers{training: cfg.Training, accounts: cfg.Accounts, sessions: s.sessions, ended: s.socket.endSession, clock: cfg.Now},
	}
}
