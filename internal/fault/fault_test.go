package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
)

func TestReasonSurvivesWrappingAndDetail(t *testing.T) {
	taken := fault.New(fault.Conflict, "regulation.slot_taken", "Ce créneau vient d’être pris.")
	wrapped := fmt.Errorf("book: %w", taken.With(3).Because(io.ErrUnexpectedEOF))

	if got := fault.Reason(wrapped); got != "regulation.slot_taken" {
		t.Errorf("reason %q", got)
	}
	if !errors.Is(wrapped, taken) || !errors.Is(wrapped, io.ErrUnexpectedEOF) {
		t.Error("fault or cause not recognised")
	}
	if taken.Detail != nil {
		t.Error("With changed the shared fault")
	}
}

func TestForeignErrorsAreHidden(t *testing.T) {
	got := fault.Of(errors.New("pq: password for Mme Fictive"))
	if got.Kind != fault.Internal || got.Error() != "internal: Une erreur interne est survenue." {
		t.Errorf("leaks: %v", got)
	}
	if fault.Reason(nil) != "" || fault.Fields("x", "y") != nil {
		t.Error("nothing wrong must stay nothing")
	}
}

func TestALogTellsReasonsAndCauses(t *testing.T) {
	away := fault.New(fault.Unavailable, "live.away", "Le tableau est indisponible.").Because(errors.New("dial tcp: refused"))
	busy := fault.New(fault.Unavailable, "request.unavailable", "Réessayez.").Because(away)
	for want, f := range map[string]*fault.Error{
		"live.away: dial tcp: refused":                      away,
		"request.unavailable: live.away: dial tcp: refused": busy,
		"regulation.slot_taken":                             fault.New(fault.Conflict, "regulation.slot_taken", "Ce créneau est pris."),
	} {
		if got := f.LogValue().String(); got != want {
			t.Errorf("the log says %q, want %q", got, want)
		}
	}
}
