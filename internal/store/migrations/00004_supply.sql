-- Days left out of a recurrence, and pauses, with what each took back.

-- +goose Up

CREATE TABLE pauses (
    id           TEXT PRIMARY KEY,
    practitioner TEXT NOT NULL REFERENCES practitioners (id),
    from_day     TEXT NOT NULL,     -- first day
    to_day       TEXT NOT NULL,     -- last day, included
    withdrawn    INTEGER NOT NULL,  -- slots whose free seats it took back when it began
    created_at   {{time}} NOT NULL,
    created_by   TEXT NOT NULL,     -- account id
    ended_at     {{time}}           -- when it was ended before its time, NULL when not
);

CREATE INDEX pauses_of_practitioner ON pauses (practitioner, to_day) WHERE ended_at IS NULL;

ALTER TABLE openings ADD COLUMN skips TEXT NOT NULL DEFAULT '';     -- days left out of the recurrence, ascending, joined by spaces
ALTER TABLE slots ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT ''; -- 'skip' or the id of the pause that took the free seats back, empty when a person did

CREATE INDEX slots_of_pause ON slots (withdrawn_by) WHERE withdrawn_by <> '';

-- +goose Down

DROP INDEX slots_of_pause;
ALTER TABLE slots DROP COLUMN withdrawn_by;
ALTER TABLE openings DROP COLUMN skips;
DROP TABLE pauses;
