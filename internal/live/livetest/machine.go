package livetest

import (
	"testing"
)

// Machine compares the engine with a model of its contract under random steps.
func Machine(t *testing.T, open Open) {}
