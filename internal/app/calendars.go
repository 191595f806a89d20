package app

import (
	"context"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// calendars is what calendar programs read.
type calendars struct{ *agenda.Feeds }

// Render waits for the room that writes iCalendar.
func (calendars) Render(context.Context, agenda.Feed, agenda.FeedStamp, bool) ([]byte, agenda.FeedStamp, error) {
	return nil, agenda.FeedStamp{}, regulation.ErrEngineAway
}
