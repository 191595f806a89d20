package regulation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

// carla regulates both territories, as a regulation centre does.
var carla = account.Actor{ID: "account-carla", Name: "Carla Démo", Roles: []account.Role{account.Regulator}, Territories: []string{senart, valley}}

// beyond is a GP of the territory next door.
func (w *world) beyond() practice {
	w.Helper()
	return w.addPractice(valley, "Saule", "Melun", "77000", "9990000002")
}

func TestACentreBooksACallerIntoTheTerritoryNextDoor(t *testing.T) {
	each(t, func(w *world) {
		next := w.beyond()
		slots := w.publishAt(next, time.Hour, 2, 0)
		kase := w.openCase(carla)

		// The board next door is ranked for the caller from here.
		board, err := w.svc.Slots(w.Context(), carla, regulation.BoardQuery{Territory: valley, Case: kase.ID, FreeOnly: true})
		w.must(err)
		if len(board.Items) != 2 || board.Items[0].Rank == nil || board.Items[0].Rank.Unknown || board.Items[0].Rank.DistanceKm == 0 {
			w.Fatalf("ranked next door: %+v", board.Items)
		}

		// Held and booked there, the case ends here.
		h := w.hold(carla, slots[0], kase.ID)
		r := w.request("", "Zoé")
		r.Hold = h.Token
		b := w.book(carla, r)
		if b.Territory != valley || b.Case != kase.ID || w.state(slots[0]).Booked != 1 {
			w.Errorf("booking %+v", b)
		}
		w.showsCase(senart, kase.ID, true)
		w.showsCase(valley, kase.ID, false)
		if c := w.caseOf(kase.ID); c.Outcome != regulation.Booked || c.Territory != senart || c.HeldAt.IsZero() || c.FirstProposalAt.IsZero() {
			w.Errorf("case %+v", c)
		}

		// When the GP there cancels, the case waits again where it was opened, and its regulator is told there.
		_, err = w.svc.Cancel(w.Context(), next.gp, b.ID, regulation.ByPractitioner, "urgence")
		w.must(err)
		if c := w.caseOf(kase.ID); !c.Open() || c.Territory != senart {
			w.Errorf("after cancellation %+v", c)
		}
		told := slices.ContainsFunc(w.notices.list, func(n regulation.Notice) bool {
			return n.Kind == regulation.NoticeCaseReopened && n.Account == carla.ID && n.Territory == senart && n.Case == kase.ID
		})
		if !told {
			w.Errorf("notices %+v", w.notices.list)
		}

		// A direct booking next door names it as well.
		direct := w.request(slots[1], "Zoé")
		direct.Case = kase.ID
		w.book(carla, direct)
		if c := w.caseOf(kase.ID); c.Outcome != regulation.Booked {
			w.Errorf("after the second booking %+v", c)
		}
	})
}

func TestACaseOfAnotherTerritoryDoesNotExist(t *testing.T) {
	each(t, func(w *world) {
		slots := w.publishAt(w.beyond(), time.Hour, 1, 0)
		kase := w.openCase(rosa)
		neighbour := regulator("nils")
		neighbour.Territories = []string{valley}

		_, err := w.svc.Hold(w.Context(), neighbour, slots[0], kase.ID)
		w.refused(err, regulation.ErrCaseUnknown)
		_, err = w.svc.Slots(w.Context(), neighbour, regulation.BoardQuery{Territory: valley, Case: kase.ID})
		w.refused(err, regulation.ErrCaseUnknown)
		r := w.request(slots[0], "Zoé")
		r.Case = kase.ID
		_, err = w.svc.Book(w.Context(), neighbour, r)
		w.refused(err, regulation.ErrCaseUnknown)
		_, err = w.svc.Hold(w.Context(), rosa, slots[0], kase.ID)
		w.refused(err, regulation.ErrSlotUnknown)
		if !w.caseOf(kase.ID).Open() || w.state(slots[0]).Free() != 1 {
			w.Error("something was taken or closed")
		}
	})
}

func TestARefusalOffersTheNearestOfAllTerritories(t *testing.T) {
	each(t, func(w *world) {
		taken := w.publishAt(practice{w.gp, w.place}, time.Hour, 1, 0)[0]
		late := w.publishAt(practice{w.gp, w.place}, 5*time.Hour, 1, 0)[0]
		soon := w.publishAt(w.beyond(), 90*time.Minute, 1, 0)[0]
		w.hold(omar, taken, "")

		for who, want := range map[*account.Actor][]string{&carla: {soon, late}, &rosa: {late}} {
			kase := w.openCase(*who)
			_, err := w.svc.Hold(w.Context(), *who, taken, kase.ID)
			w.refused(err, regulation.ErrSlotTaken)
			if got := offered(err); !slices.Equal(got, want) {
				w.Errorf("%s is offered %v, not %v", who.Name, got, want)
			}
		}
		_, err := w.svc.Hold(w.Context(), carla, taken, "") // without a case: near the slot that is gone
		if got := offered(err); !slices.Equal(got, []string{soon, late}) {
			w.Errorf("without a case: %v", got)
		}
	})
}

func TestAPatientBookedTwiceIsNoticedAcrossTerritories(t *testing.T) {
	each(t, func(w *world) {
		here := w.publishAt(practice{w.gp, w.place}, time.Hour, 1, 0)[0]
		there := w.publishAt(w.beyond(), 2*time.Hour, 1, 0)[0]
		w.book(carla, w.request(here, "Zoé"))

		_, err := w.svc.Book(w.Context(), carla, w.request(there, "Zoé"))
		w.refused(err, regulation.ErrSamePatient)
		neighbour := regulator("nils") // who may not know what happens here
		neighbour.Territories = []string{valley}
		w.book(neighbour, w.request(there, "Zoé"))
	})
}

// offered lists the alternatives of a refusal.
func offered(err error) (ids []string) {
	detail, _ := fault.Of(err).Detail.(*regulation.RefusalDetail)
	if detail == nil {
		return nil
	}
	for _, r := range detail.Alternatives {
		ids = append(ids, r.State.Slot.ID)
	}
	return ids
}

func (w *world) caseOf(id string) regulation.Case {
	w.Helper()
	c, err := w.svc.Store.Case(w.Context(), id)
	w.must(err)
	return c
}

func (w *world) showsCase(territory, id string, want bool) {
	w.Helper()
	cases, err := w.svc.Cases(w.Context(), carla, regulation.CaseQuery{Territory: territory, Limit: 10})
	w.must(err)
	if got := slices.ContainsFunc(cases, func(c regulation.Case) bool { return c.ID == id }); got != want {
		w.Errorf("%s shows the case: %v", territory, got)
	}
}
