-- Attribution: patients who look for a médecin traitant (MT), what GPs say they
-- can take, and the offers between the two. One partial unique index keeps a
-- patient from being offered twice.

-- +goose Up

CREATE TABLE mt_requests (
    id             TEXT PRIMARY KEY,
    territory      TEXT NOT NULL,
    origin         TEXT NOT NULL,     -- closed list of the attribution room
    entered_by     TEXT NOT NULL,     -- account id, 'system' for the command line
    case_id        TEXT REFERENCES cases (id), -- the call it comes from, NULL for most and after erasure
    received_at    {{time}} NOT NULL, -- when it was entered
    since_day      TEXT NOT NULL,     -- when the report reached the CPTS: waiting is counted from here
    consent_on     TEXT NOT NULL,     -- day on which the patient agreed to be reported
    commune        TEXT NOT NULL,     -- INSEE code of where the patient lives
    birth_year     INTEGER,           -- NULL after erasure
    criteria       INTEGER NOT NULL,  -- as declared, bit n for the nth of the attribution room's list
    criteria_held  INTEGER NOT NULL,  -- the same, with the one of age as it held at the last write; kept by erasure
    home_visits    BOOLEAN NOT NULL,  -- the patient cannot come to a cabinet
    mt_gone_since  TEXT NOT NULL,     -- day on which their doctor left, empty when not said
    known_to       TEXT REFERENCES practitioners (id), -- a GP who already knows the patient, NULL for none
    state          TEXT NOT NULL,     -- received, qualified, proposed, waiting, accepted, attached, closed
    tier           INTEGER NOT NULL CHECK (tier > 0), -- 1 comes first
    because        TEXT NOT NULL,     -- criteria that put it in its tier, joined by spaces
    tier_set       BOOLEAN NOT NULL,  -- a nurse chose the tier
    draw           BIGINT NOT NULL,   -- 53 random bits, drawn once: they decide between equals
    offer          TEXT NOT NULL,     -- id of the offer that waits or was accepted, empty without
    practitioner   TEXT NOT NULL,     -- whose offer it is, empty without
    accepted_at    {{time}},          -- when that GP accepted, NULL before and after it fell through
    appointment_on TEXT NOT NULL,     -- day of the first appointment made, empty before
    attached_on    TEXT NOT NULL,     -- day on which the patient declared their MT, empty before
    closed_at      {{time}},          -- when it ended without, NULL before
    closed_reason  TEXT NOT NULL,     -- closed list of the attribution room, empty before
    merged_into    TEXT REFERENCES mt_requests (id), -- the request that stays of two of one patient, NULL for most
    erased_at      {{time}},          -- when identity and texts went for good, NULL before
    revision       BIGINT NOT NULL,   -- rises by one with every write, from 1
    name_hash      {{bytes}},         -- keyed hash of the normalised family name, NULL after erasure
    private        {{bytes}},         -- sealed: patient, reporter, who asked for consent, disease, medication, synthesis, reason of the tier; NULL after erasure
    private_key    BIGINT,            -- number of the key that sealed it
    CHECK (erased_at IS NULL OR private IS NULL AND name_hash IS NULL AND birth_year IS NULL)
);

-- The one guarantee that a call is reported once.
CREATE UNIQUE INDEX one_mt_request_per_case ON mt_requests (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX mt_requests_by_priority ON mt_requests (territory, tier, since_day, draw, id);
CREATE INDEX mt_worklist ON mt_requests (territory, tier, since_day, draw, id) WHERE state NOT IN ('attached', 'closed');
CREATE INDEX mt_requests_of_author ON mt_requests (territory, entered_by, tier, since_day, draw, id);
CREATE INDEX mt_requests_by_name ON mt_requests (territory, name_hash) WHERE state NOT IN ('attached', 'closed');
CREATE INDEX mt_requests_to_forget ON mt_requests (territory, id) WHERE erased_at IS NULL AND state IN ('attached', 'closed');

-- Never changed, but for the note that an erasure takes away.
CREATE TABLE mt_events (
    position     {{counter}},       -- rises with time within a request
    id           TEXT NOT NULL UNIQUE,
    request      TEXT NOT NULL REFERENCES mt_requests (id),
    at           {{time}} NOT NULL,
    actor        TEXT NOT NULL,     -- account id, 'system' for the service itself
    kind         TEXT NOT NULL,     -- closed list of the attribution room
    detail       TEXT NOT NULL,     -- from closed lists: a reason, a tier, a state, a day, an id; may be empty
    practitioner TEXT NOT NULL,     -- of offers, empty otherwise
    note         {{bytes}},         -- sealed, NULL when there is none and after erasure
    note_key     BIGINT             -- number of the key that sealed it
);

CREATE INDEX mt_events_of_request ON mt_events (request, position);

CREATE TABLE mt_declarations (
    territory      TEXT NOT NULL,
    practitioner   TEXT NOT NULL REFERENCES practitioners (id), -- who can take patients
    quarter_year   INTEGER NOT NULL,  -- year of the quarter the places are for
    quarter_number INTEGER NOT NULL CHECK (quarter_number BETWEEN 1 AND 4),
    places         INTEGER NOT NULL CHECK (places >= 0), -- patients in that quarter
    criteria       INTEGER NOT NULL,  -- of which a patient must have one, bits as in mt_requests, 0 for no wish
    communes       TEXT NOT NULL,     -- INSEE codes of where patients must live, joined by spaces, empty for no wish
    home_visits    BOOLEAN NOT NULL,  -- they visit at home
    paused         BOOLEAN NOT NULL,  -- they take nobody now
    declared_at    {{time}} NOT NULL,
    declared_by    TEXT NOT NULL,     -- account id: the GP, or a nurse who asked them
    revision       BIGINT NOT NULL,   -- rises by one with every write, from 1
    PRIMARY KEY (territory, practitioner)
);

CREATE TABLE mt_plans (
    id        TEXT PRIMARY KEY,
    territory TEXT NOT NULL,
    at        {{time}} NOT NULL, -- when it was computed
    made_by   TEXT NOT NULL,     -- account id
    day       TEXT NOT NULL,     -- ages and the rule are of this day
    rule_from TEXT NOT NULL,     -- first day of the rule in force
    inputs    TEXT NOT NULL,     -- SHA-256 of everything it was computed from, in hex
    seekers   INTEGER NOT NULL,  -- requests that it counted
    gps       INTEGER NOT NULL,  -- GPs with a declaration
    places    INTEGER NOT NULL,  -- left in all
    plan      TEXT NOT NULL      -- JSON: proposals and unserved, ids and figures only
);

CREATE INDEX mt_plans_of_territory ON mt_plans (territory, at, id);

CREATE TABLE mt_offers (
    id            TEXT PRIMARY KEY,
    territory     TEXT NOT NULL,
    request       TEXT NOT NULL REFERENCES mt_requests (id),
    practitioner  TEXT NOT NULL REFERENCES practitioners (id), -- who is asked
    plan          TEXT REFERENCES mt_plans (id), -- it comes from, NULL when chosen by hand
    sent_by       TEXT NOT NULL,     -- account id
    sent_at       {{time}} NOT NULL,
    expires_at    {{time}} NOT NULL, -- from then on it keeps no place, whatever the state still says
    state         TEXT NOT NULL,     -- pending, accepted, declined, expired, withdrawn, ended
    call_asked_at {{time}},          -- when the GP asked for a call, NULL unless they did
    answered_at   {{time}},          -- when it left pending, NULL before
    answered_by   TEXT NOT NULL,     -- account id, 'system' for expiry, empty before
    reason        TEXT NOT NULL,     -- why it was declined, closed list of the attribution room, empty otherwise
    note          {{bytes}},         -- sealed: the GP's words, NULL when there are none and after erasure
    note_key      BIGINT,            -- number of the key that sealed it
    metres        INTEGER NOT NULL,  -- à vol d'oiseau, as it was counted when sent
    unlocated     BOOLEAN NOT NULL,  -- the distance is not known
    known         BOOLEAN NOT NULL,  -- the GP already knew the patient
    revision      BIGINT NOT NULL    -- rises by one with every write, from 1
);

-- The one guarantee that a patient is offered to one GP at a time.
CREATE UNIQUE INDEX one_live_mt_offer_per_request ON mt_offers (request) WHERE state IN ('pending', 'accepted');
CREATE INDEX mt_offers_of_request ON mt_offers (request, territory, sent_at, id);
CREATE INDEX mt_offers_of_territory ON mt_offers (territory, sent_at, id);
CREATE INDEX mt_offers_of_practitioner ON mt_offers (territory, practitioner, sent_at, id);
CREATE INDEX mt_offers_pending ON mt_offers (territory, practitioner, expires_at) WHERE state = 'pending';
CREATE INDEX mt_offers_accepted ON mt_offers (territory, practitioner, answered_at) WHERE state = 'accepted';
CREATE INDEX mt_offers_to_expire ON mt_offers (expires_at, id) WHERE state = 'pending';

-- +goose Down

DROP TABLE mt_offers;
DROP TABLE mt_plans;
DROP TABLE mt_declarations;
DROP TABLE mt_events;
DROP TABLE mt_requests;
