package memory_test

import (
	"testing"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/memory"
)

func open(_ *testing.T, clock *livetest.Clock) live.Engine { return memory.New(clock.Now) }

func TestContract(t *testing.T) { livetest.Run(t, open) }

func TestLinearizable(t *testing.T) { livetest.Linearizable(t, open, nil) }
