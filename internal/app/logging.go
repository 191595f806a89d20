package app

import (
	"io"
	"log/slog"

	"github.com/relais-snp/relais/internal/config"
)

// newLog writes what happens, never who is concerned.
func newLog(w io.Writer, cfg config.Config) *slog.Logger {
	if cfg.Log == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
