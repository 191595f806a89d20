package indicator_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
)

func (r *record) newID() string { r.ids++; return fmt.Sprintf("f-%d", r.ids) }

func (r *record) Declared(_ context.Context, territory string, _ int) (list []indicator.Declared, err error) {
	for _, id := range slices.Sorted(maps.Keys(r.figures)) {
		if r.figures[id].Territory == territory {
			list = append(list, r.figures[id])
		}
	}
	return list, nil
}

// InTx tries each transaction once in vain before, as on a busy database.
func (r *record) InTx(ctx context.Context, fn func(context.Context, indicator.Tx) error) error {
	trial := &record{figures: maps.Clone(r.figures), audited: slices.Clone(r.audited)}
	if err := fn(ctx, trial); err != nil {
		return err
	}
	if r.figures == nil {
		r.figures = map[string]indicator.Declared{}
	}
	return fn(ctx, r)
}

func (r *record) SaveDeclared(_ context.Context, d indicator.Declared) (string, error) {
	for id, other := range r.figures {
		if other.Territory == d.Territory && other.Kind == d.Kind && other.On == d.On {
			d.ID = id
		}
	}
	if r.figures == nil {
		r.figures = map[string]indicator.Declared{}
	}
	r.figures[d.ID] = d
	return d.ID, nil
}

func (r *record) DeclaredFigure(_ context.Context, id string) (indicator.Declared, error) {
	d, ok := r.figures[id]
	if !ok {
		return d, indicator.ErrFigureUnknown
	}
	return d, nil
}

func (r *record) DeleteDeclared(_ context.Context, id string) error {
	delete(r.figures, id)
	return nil
}

func (r *record) Audit(_ context.Context, e audit.Entry) error {
	r.audited = append(r.audited, e)
	return nil
}

func reader(role account.Role) account.Actor {
	return account.Actor{ID: "acc-" + string(role), Roles: []account.Role{role}, Territories: []string{"cpts-senart"}}
}

func declared(change ...func(*indicator.Declared)) indicator.Declared {
	d := indicator.Declared{Territory: "cpts-senart", Kind: indicator.WithoutMT, On: civil.MustDate("2026-10-01"), Count: 17653, Base: 113889, Source: "Données CPAM"}
	for _, c := range change {
		c(&d)
	}
	return d
}

func TestAFigureIsKeptWithItsDayAndSource(t *testing.T) {
	r := &record{}
	made, err := service(r).DeclareFigure(t.Context(), coordinator(), declared(func(d *indicator.Declared) { d.Source = "  Données CPAM " }))
	if err != nil {
		t.Fatal(err)
	}
	want := declared(func(d *indicator.Declared) { d.ID, d.By, d.At = made.ID, "acc-c", at("2026-11-22 20:00") })
	if diff := cmp.Diff(want, made); diff != "" || made.ID == "" {
		t.Error(diff)
	}
	if share := made.Share(); share == nil || *share < 0.1549 || *share > 0.1551 {
		t.Errorf("share %v, want 15.5%%", share)
	}
	entry := audit.Entry{At: at("2026-11-22 20:00"), Actor: "acc-c", Action: "indicator.declare", Target: "declared:" + made.ID, Territory: "cpts-senart", Detail: "without_mt 2026-10-01"}
	if diff := cmp.Diff([]audit.Entry{entry}, r.audited); diff != "" {
		t.Error(diff)
	}
}

func TestFiguresAreListedByDayThenKind(t *testing.T) {
	r := &record{}
	for _, d := range []indicator.Declared{
		declared(func(d *indicator.Declared) { d.On = civil.MustDate("2026-01-01") }),
		declared(func(d *indicator.Declared) { d.Kind, d.Base = indicator.C2SWithoutMT, 0 }),
		declared(func(d *indicator.Declared) { d.Kind = indicator.ALDWithoutMT }),
		declared(),
		declared(func(d *indicator.Declared) { d.Count = 17000 }), // replaces the one before
	} {
		if _, err := service(r).DeclareFigure(t.Context(), coordinator(), d); err != nil {
			t.Fatal(err)
		}
	}
	report, err := service(r).DeclaredFigures(t.Context(), reader(account.Observer), "cpts-senart")
	var told []string
	for _, d := range report.Figures {
		told = append(told, fmt.Sprint(d.On, " ", d.Kind, " ", d.Count))
	}
	want := []string{"2026-10-01 without_mt 17000", "2026-10-01 ald_without_mt 17653", "2026-10-01 c2s_without_mt 17653", "2026-01-01 without_mt 17653"}
	if diff := cmp.Diff(want, told); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if report.Figures[2].Share() != nil {
		t.Error("a share without a base")
	}
}

func TestFiguresThatMakeNoSense(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*indicator.Declared)
		wrong  string
	}{
		"unknown kind":     {func(d *indicator.Declared) { d.Kind = "patients" }, "kind indicator.figure_kind"},
		"no day":           {func(d *indicator.Declared) { d.On = civil.Date{} }, "on indicator.day"},
		"tomorrow":         {func(d *indicator.Declared) { d.On = civil.MustDate("2026-11-23") }, "on indicator.day_future"},
		"negative":         {func(d *indicator.Declared) { d.Count = -1 }, "count indicator.figure"},
		"more than France": {func(d *indicator.Declared) { d.Count, d.Base = 10_000_001, 0 }, "count indicator.figure"},
		"negative base":    {func(d *indicator.Declared) { d.Base = -1 }, "base indicator.figure"},
		"more than all":    {func(d *indicator.Declared) { d.Base = 17652 }, "count indicator.above_base"},
		"no source":        {func(d *indicator.Declared) { d.Source = " x " }, "source indicator.source"},
		"a novel":          {func(d *indicator.Declared) { d.Source = strings.Repeat("é", 301) }, "source indicator.source"},
	} {
		r := &record{}
		_, err := service(r).DeclareFigure(t.Context(), coordinator(), declared(c.change))
		refusal := fault.Of(err)
		if refusal.Reason != "indicator.invalid" || len(refusal.Fields) != 1 || refusal.Fields[0].Name+" "+refusal.Fields[0].Reason != c.wrong {
			t.Errorf("%s: %v %+v", name, err, refusal.Fields)
		}
		if len(r.figures) > 0 {
			t.Errorf("%s: kept", name)
		}
	}
	for name, change := range map[string]func(*indicator.Declared){
		"today":       func(d *indicator.Declared) { d.On = civil.MustDate("2026-11-22") },
		"all of them": func(d *indicator.Declared) { d.Base = d.Count },
		"none":        func(d *indicator.Declared) { d.Count = 0 },
	} {
		if _, err := service(&record{}).DeclareFigure(t.Context(), coordinator(), declared(change)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhoDeclaresAndWhoReads(t *testing.T) {
	for _, role := range account.Roles() {
		r := &record{}
		kept, err := service(r).DeclareFigure(t.Context(), coordinator(), declared())
		if err != nil {
			t.Fatal(err)
		}
		a := reader(role)
		_, declares := service(r).DeclareFigure(t.Context(), a, declared())
		_, reads := service(r).DeclaredFigures(t.Context(), a, "cpts-senart")
		deletes := service(r).DeleteFigure(t.Context(), a, kept.ID)
		want := map[account.Role][3]string{
			account.Coordinator: {"", "", ""},
			account.Treasurer:   {"account.forbidden", "", "account.forbidden"},
			account.Observer:    {"account.forbidden", "", "account.forbidden"},
			account.Admin:       {"account.forbidden", "", "account.forbidden"},
		}
		got := [3]string{fault.Reason(declares), fault.Reason(reads), fault.Reason(deletes)}
		refused := [3]string{"account.forbidden", "account.forbidden", "indicator.figure_unknown"}
		if expected, ok := want[role]; ok && got != expected || !ok && got != refused {
			t.Errorf("%s: %v", role, got)
		}
	}
}

func TestAFigureIsTakenBackOnceAndTheAuditRemembers(t *testing.T) {
	r := &record{}
	kept, err := service(r).DeclareFigure(t.Context(), coordinator(), declared())
	if err != nil {
		t.Fatal(err)
	}
	if err := service(r).DeleteFigure(t.Context(), coordinator(), kept.ID); err != nil || len(r.figures) > 0 {
		t.Errorf("%v, %v left", err, r.figures)
	}
	last := r.audited[len(r.audited)-1]
	if last.Action != "indicator.delete" || last.Detail != "without_mt 2026-10-01" {
		t.Errorf("%+v", last)
	}
	if err := service(r).DeleteFigure(t.Context(), coordinator(), kept.ID); fault.Reason(err) != "indicator.figure_unknown" {
		t.Error(err)
	}
}

func TestDeclaredFiguresAsCSV(t *testing.T) {
	plain := declared(func(d *indicator.Declared) { d.Base, d.Kind, d.Source = 0, indicator.ALDWithoutMT, "=1+1" })
	var sheet bytes.Buffer
	if err := (indicator.DeclaredReport{Figures: []indicator.Declared{declared(), plain}}).WriteCSV(&sheet); err != nil {
		t.Fatal(err)
	}
	want := "Jour,Chiffre,Patients,Population,Part,Source\r\n" +
		"2026-10-01,Patients de 17 ans et plus sans médecin traitant,17653,113889,0.155,Données CPAM\r\n" +
		"2026-10-01,Patients en ALD sans médecin traitant,17653,,,'=1+1\r\n"
	if diff := cmp.Diff(want, sheet.String()); diff != "" {
		t.Error(diff)
	}
}
