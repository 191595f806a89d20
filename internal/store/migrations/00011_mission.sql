-- Mission indicators: what a CPTS aims at by its contract, what was observed of
-- it, the files that prove it, and the years that were frozen for the dialogue.

-- +goose Up

CREATE TABLE mission_objectives (
    id        TEXT PRIMARY KEY,
    territory TEXT NOT NULL,
    code      {{exact}} NOT NULL, -- its own in the territory
    label     TEXT NOT NULL,      -- as the coordinator words it
    mission   {{exact}} NOT NULL, -- code in the funding schedule
    unit      TEXT NOT NULL,      -- count, percent
    direction TEXT NOT NULL,      -- up, down
    baseline  BIGINT NOT NULL,    -- thousandths of the unit
    base_on   TEXT NOT NULL,      -- YYYY-MM-DD, the day that the baseline is about
    source    TEXT NOT NULL,      -- free text: who gave the baseline, in which document
    targets   TEXT NOT NULL,      -- JSON: kind and value of each contract year
    weight    BIGINT NOT NULL CHECK (weight >= 0), -- in the variable part, 0 when only followed
    series    TEXT NOT NULL,      -- what of the record answers it, empty when entered by hand
    comment   TEXT NOT NULL,      -- free text
    UNIQUE (territory, code)
);

CREATE TABLE mission_observations (
    id        TEXT PRIMARY KEY,
    objective TEXT NOT NULL REFERENCES mission_objectives (id),
    year      INTEGER NOT NULL CHECK (year > 0), -- contract year, 1 the first
    on_day    TEXT NOT NULL,     -- YYYY-MM-DD, the day that the figure is about
    figure    BIGINT NOT NULL,   -- thousandths of the objective's unit
    source    TEXT NOT NULL,     -- free text: who gave it, in which document
    evidence  TEXT NOT NULL,     -- ids of files, joined by spaces
    comment   TEXT NOT NULL,     -- free text
    computed  BOOLEAN NOT NULL,  -- the record gave the figure
    by_whom   TEXT NOT NULL,     -- account id of who entered it
    at        {{time}} NOT NULL  -- when it was entered
);

CREATE INDEX mission_observations_of_objective ON mission_observations (objective, year, at, id);

CREATE TABLE mission_evidence (
    id          TEXT PRIMARY KEY,     -- keyed hash of territory and content, 64 hexadecimal digits
    territory   TEXT NOT NULL,
    kind        TEXT NOT NULL,        -- media type, by content
    size        BIGINT NOT NULL,      -- bytes, in clear
    by_whom     TEXT NOT NULL,        -- account id of who brought it
    at          {{time}} NOT NULL,    -- when it was first brought
    name        {{bytes}} NOT NULL,   -- sealed: what the file was called
    name_key    BIGINT NOT NULL,      -- number of the key that sealed it
    content     {{bytes}} NOT NULL,   -- sealed: the file
    content_key BIGINT NOT NULL       -- number of the key that sealed it
);

CREATE INDEX mission_evidence_of_territory ON mission_evidence (territory, id);

CREATE TABLE mission_years (
    territory TEXT NOT NULL,
    year      INTEGER NOT NULL CHECK (year > 0), -- contract year, 1 the first
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,     -- included
    progress  TEXT NOT NULL,     -- JSON: objectives with what counted, as they stood
    state     TEXT NOT NULL,     -- JSON: what the record held
    by_whom   TEXT NOT NULL,     -- account id of who froze it
    at        {{time}} NOT NULL, -- when it was frozen
    PRIMARY KEY (territory, year)
);

-- +goose StatementBegin
{{keep mission_years}}
-- +goose StatementEnd

-- +goose Down

-- +goose StatementBegin
{{release mission_years}}
-- +goose StatementEnd
DROP TABLE mission_years;
DROP TABLE mission_evidence;
DROP TABLE mission_observations;
DROP TABLE mission_objectives;
