-- En sus: patients whom a GP takes on top of the published slots, when a regulator
-- asks. The race to accept is decided by the state of one row.

-- +goose Up

CREATE TABLE extras (
    practitioner TEXT PRIMARY KEY REFERENCES practitioners (id),
    accepts      BOOLEAN NOT NULL,  -- the GP's own choice; who never chose has no row and is never asked
    until_at     {{time}},          -- when accepting ends by itself, NULL until further notice
    chosen_at    {{time}} NOT NULL,
    chosen_by    TEXT NOT NULL      -- account id
);

CREATE TABLE solicitations (
    id         TEXT PRIMARY KEY,
    territory  TEXT NOT NULL,     -- of the case
    case_id    TEXT NOT NULL REFERENCES cases (id),
    state      TEXT NOT NULL,     -- waiting, accepted, expired, withdrawn
    asked_at   {{time}} NOT NULL,
    until_at   {{time}} NOT NULL, -- nobody can accept from then on, whatever the state still says
    asked_by   TEXT NOT NULL,     -- account id of the regulator
    settled_at {{time}},          -- when it was accepted, expired or withdrawn, NULL while it waits
    booking    TEXT REFERENCES bookings (id) -- what its acceptance made, NULL without one
);

-- The one guarantee that a caller's question stands once.
CREATE UNIQUE INDEX one_waiting_solicitation_per_case ON solicitations (case_id) WHERE state = 'waiting';
CREATE INDEX solicitations_of_territory ON solicitations (territory, asked_at, id);
CREATE INDEX solicitations_of_case ON solicitations (case_id, asked_at, id);
CREATE INDEX solicitations_waiting ON solicitations (until_at) WHERE state = 'waiting';

CREATE TABLE solicited (
    solicitation TEXT NOT NULL REFERENCES solicitations (id),
    practitioner TEXT NOT NULL REFERENCES practitioners (id), -- who was asked
    place        INTEGER NOT NULL, -- 1 for the first asked, by nearness
    answer       TEXT NOT NULL,    -- waiting, accepted, declined
    answered_at  {{time}},         -- NULL while it waits
    PRIMARY KEY (solicitation, practitioner)
);

CREATE INDEX solicited_practitioners ON solicited (practitioner, solicitation);

ALTER TABLE openings ADD COLUMN extra BOOLEAN NOT NULL DEFAULT FALSE; -- made for one patient en sus, not published
ALTER TABLE slots ADD COLUMN extra BOOLEAN NOT NULL DEFAULT FALSE;    -- of such an opening: booked or withdrawn, never offered

-- +goose Down

ALTER TABLE slots DROP COLUMN extra;
ALTER TABLE openings DROP COLUMN extra;
DROP TABLE solicited;
DROP TABLE solicitations;
DROP TABLE extras;
