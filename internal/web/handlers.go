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
	mtRequestHandlers
	mtPlanHandlers
	mtOfferHandlers
	followUpHandlers
	declaredHandlers
	missionHandlers
	certificateHandlers
	contractHandlers
	bookHandlers
	exchangeHandlers
}

var _ api.StrictServerInterface = handlers{}

func (s *Server) handlers(cfg Config) handlers {
	shown := names{accounts: cfg.Accounts}
	days := calendar{territories: cfg.Territories, clock: cfg.Now}
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
		mtRequestHandlers:    mtRequestHandlers{requests: cfg.Requests, names: shown, days: days},
		mtPlanHandlers:       mtPlanHandlers{matching: cfg.Matching, names: shown, days: days},
		mtOfferHandlers:      mtOfferHandlers{offers: cfg.Offers, names: shown, days: days},
		followUpHandlers:     followUpHandlers{followUps: cfg.FollowUps},
		declaredHandlers:     declaredHandlers{declared: cfg.Declared, names: shown},
		missionHandlers:      missionHandlers{missions: cfg.Missions, contracts: cfg.Contracts, lands: cfg.Territories, names: shown},
		certificateHandlers:  certificateHandlers{certificates: cfg.Certificates},
		contractHandlers:     contractHandlers{contracts: cfg.Contracts, rules: cfg.Funding, names: shown, days: days},
		exchangeHandlers:     exchangeHandlers{exchange: cfg.Exchange},
		bookHandlers:         bookHandlers{books: cfg.Books, contracts: cfg.Contracts, rules: cfg.Funding, people: cfg.People, names: shown},
	}
}
