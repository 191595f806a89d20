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
