-- The record of Relais, first schema.
--
-- Placeholders in double braces read as SQLite or PostgreSQL needs (dialect.go).
-- Ids are UUIDv7 texts made by the service. Times are UTC, to the microsecond.
-- Days are texts YYYY-MM-DD in the zone of the territory. Territories live in
-- the configuration and are named by their id.

-- +goose Up

CREATE TABLE meta (
    name  TEXT PRIMARY KEY, -- what is said about the database, 'simulated', 'keys.canary', 'audit.head'
    value TEXT NOT NULL     -- its value, as its reader writes it
);

CREATE TABLE practitioners (
    id         TEXT PRIMARY KEY,
    rpps       TEXT NOT NULL UNIQUE, -- 11 digits, national number
    family     TEXT NOT NULL,        -- family name in practice
    given      TEXT NOT NULL,        -- given name in practice
    title      TEXT NOT NULL,        -- 'Dr', 'Pr', may be empty
    profession TEXT NOT NULL,        -- closed list of the directory room
    specialty  TEXT NOT NULL,        -- as the professional names it, may be empty
    phone      TEXT NOT NULL         -- E.164, may be empty
);

CREATE TABLE practitioner_territories (
    practitioner TEXT NOT NULL REFERENCES practitioners (id),
    territory    TEXT NOT NULL, -- a CPTS the practitioner belongs to
    PRIMARY KEY (practitioner, territory)
);

CREATE INDEX practitioners_of_territory ON practitioner_territories (territory, practitioner);

CREATE TABLE locations (
    id          TEXT PRIMARY KEY,
    import_key  TEXT NOT NULL UNIQUE, -- identity in imports, FINESS number or folded name and commune
    finess      TEXT NOT NULL, -- 9 characters, national number of the place, may be empty
    name        TEXT NOT NULL, -- 'Cabinet médical du Lavoir'
    address     TEXT NOT NULL, -- street and number
    postal_code TEXT NOT NULL, -- 5 digits
    commune     TEXT NOT NULL, -- INSEE code
    phone       TEXT NOT NULL  -- E.164, may be empty
);

CREATE TABLE practitioner_locations (
    practitioner TEXT NOT NULL REFERENCES practitioners (id),
    location     TEXT NOT NULL REFERENCES locations (id), -- a place the practitioner receives at
    PRIMARY KEY (practitioner, location)
);

CREATE TABLE openings (
    id              TEXT PRIMARY KEY,
    territory       TEXT NOT NULL,
    practitioner    TEXT NOT NULL REFERENCES practitioners (id),
    location        TEXT NOT NULL REFERENCES locations (id),
    start_at        {{time}} NOT NULL, -- of the first occurrence
    end_at          {{time}} NOT NULL, -- of the first occurrence, excluded
    slot_minutes    INTEGER NOT NULL,  -- length of each slot, 0 when the range is one slot
    seats           INTEGER NOT NULL,  -- seats of that one slot, as published
    modality        TEXT NOT NULL,     -- cabinet, teleconsultation, visite
    audience        TEXT NOT NULL,     -- regulation, cpts
    note            TEXT NOT NULL,     -- shown to regulators, at most 280 characters
    weekdays        TEXT NOT NULL,     -- ISO numbers joined by commas, '1,4', empty when published once
    until_day       TEXT NOT NULL,     -- last day of the recurrence included, empty when published once
    skip_holidays   BOOLEAN NOT NULL,  -- public holidays are left out of the recurrence
    created_at      {{time}} NOT NULL,
    created_by      TEXT NOT NULL,     -- account id
    stopped_from    TEXT NOT NULL,     -- first day without occurrences, empty while it runs
    materialised_to TEXT NOT NULL      -- first day not yet turned into slots
);

CREATE INDEX openings_of_practitioner ON openings (practitioner, start_at);
CREATE INDEX openings_to_materialise ON openings (materialised_to) WHERE weekdays <> '';

CREATE TABLE slots (
    id           TEXT PRIMARY KEY,
    opening      TEXT NOT NULL REFERENCES openings (id),
    territory    TEXT NOT NULL,
    practitioner TEXT NOT NULL REFERENCES practitioners (id),
    location     TEXT NOT NULL REFERENCES locations (id),
    start_at     {{time}} NOT NULL,
    end_at       {{time}} NOT NULL,             -- excluded
    modality     TEXT NOT NULL,                 -- of the opening; a booked or held slot keeps what it had
    audience     TEXT NOT NULL,                 -- of the opening; a booked or held slot keeps what it had
    seats        INTEGER NOT NULL CHECK (seats > 0),
    booked       TEXT NOT NULL DEFAULT '',      -- numbers of the booked seats, ascending, '1,3', as the bookings have them
    withdrawn_at {{time}},                      -- when the free seats were taken back, NULL when not
    revision     BIGINT NOT NULL,               -- rises by one with every change of the slot or of its bookings
    changed_at   {{time}} NOT NULL,             -- when the revision last rose
    CHECK (end_at > start_at)
);

CREATE UNIQUE INDEX slot_of_occurrence ON slots (opening, start_at);
CREATE INDEX slots_of_territory ON slots (territory, start_at, id);
CREATE INDEX slots_of_practitioner ON slots (practitioner, start_at, id);

CREATE TABLE cases (
    id                   TEXT PRIMARY KEY,
    territory            TEXT NOT NULL,
    opened_by            TEXT NOT NULL,     -- account id
    opened_at            {{time}} NOT NULL,
    commune              TEXT NOT NULL,     -- INSEE code of the caller, empty when unknown
    wished_delay_minutes INTEGER NOT NULL,  -- 0 when not said
    mt_status            TEXT NOT NULL,     -- médecin traitant: has, none, unknown
    first_proposal_at    {{time}},          -- when slots were first ranked for the caller
    held_at              {{time}},          -- when a seat was first held
    closed_at            {{time}},          -- NULL while open
    outcome              TEXT NOT NULL,     -- closed list of the regulation room, empty while open
    private              {{bytes}},         -- sealed: reason, médecin traitant, patient, why no solution, NULL after erasure
    private_key          BIGINT             -- number of the key that sealed it
);

CREATE INDEX cases_of_territory ON cases (territory, opened_at, id);
CREATE INDEX cases_open ON cases (territory, opened_at, id) WHERE closed_at IS NULL;

CREATE TABLE bookings (
    id                TEXT PRIMARY KEY,
    slot              TEXT NOT NULL REFERENCES slots (id),
    seat              INTEGER NOT NULL CHECK (seat > 0),
    state             TEXT NOT NULL,     -- booked, honoured, no_show, cancelled
    fence             BIGINT NOT NULL,   -- number of the hold it used, rises per seat
    booked_at         {{time}} NOT NULL,
    booked_by         TEXT NOT NULL,     -- account id
    case_id           TEXT REFERENCES cases (id), -- NULL when booked without a case
    mt_status         TEXT NOT NULL,     -- médecin traitant of the patient: has, none, unknown
    own_mt            BOOLEAN NOT NULL,  -- the practitioner is the patient's médecin traitant
    outcome_at        {{time}},          -- when honoured or no_show was told
    cancelled_at      {{time}},
    cancelled_by      TEXT NOT NULL,     -- patient, regulator, practitioner, empty while live
    revision          BIGINT NOT NULL,   -- rises with every change, SEQUENCE of calendar feeds
    changed_at        {{time}} NOT NULL, -- when the revision last rose
    name_hash         {{bytes}},         -- keyed hash of the normalised family name, NULL after erasure
    private           {{bytes}},         -- sealed: patient, reason, NULL after erasure
    private_key       BIGINT,            -- number of the key that sealed it
    cancel_reason     {{bytes}},         -- sealed, NULL when there is none
    cancel_reason_key BIGINT             -- number of the key that sealed it
);

-- The one guarantee that a seat is booked once.
CREATE UNIQUE INDEX one_live_booking_per_seat ON bookings (slot, seat) WHERE state <> 'cancelled';
CREATE INDEX fences_of_seat ON bookings (slot, seat, fence);
CREATE INDEX live_bookings_by_name ON bookings (name_hash) WHERE state <> 'cancelled';
CREATE INDEX bookings_by_author ON bookings (booked_by, booked_at);
CREATE INDEX bookings_of_case ON bookings (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE holds (
    slot    TEXT NOT NULL REFERENCES slots (id),
    fence   BIGINT NOT NULL,   -- number of the hold; a booking made with it has the same
    over_at {{time}} NOT NULL, -- when it is over at the latest
    PRIMARY KEY (slot, fence)
);

-- Slots whose change is still to reach the live engine. Numbers are never used
-- again, so that forgetting one cannot drop a newer one.
CREATE TABLE outbox (
    id   {{counter}},
    slot TEXT NOT NULL REFERENCES slots (id)
);

-- Answers to requests that carried a key.
CREATE TABLE idempotency (
    actor       TEXT NOT NULL,     -- account id, keys of two people never meet
    request_key TEXT NOT NULL,     -- as sent
    digest      TEXT NOT NULL,     -- keyed hash of the request
    made        TEXT NOT NULL,     -- id of what it made
    made_at     {{time}} NOT NULL, -- keys are dropped some days later
    PRIMARY KEY (actor, request_key)
);

CREATE INDEX idempotency_by_age ON idempotency (made_at);

-- Who did what to whom. Append-only, chained afterwards in batches.
CREATE TABLE audit (
    id        {{counter}},
    at        {{time}} NOT NULL,
    actor     TEXT NOT NULL, -- account id, 'system' for the service itself
    action    TEXT NOT NULL, -- 'booking.book'
    target    TEXT NOT NULL, -- 'booking:0197…', never an identity
    territory TEXT NOT NULL, -- empty when it is not about one
    detail    TEXT NOT NULL, -- ids and reasons of closed lists
    position  BIGINT,        -- place in the chain from 1, without gaps, NULL until chained
    hash      {{bytes}}      -- of the entry, its position and the hash before it
);

CREATE UNIQUE INDEX audit_chain ON audit (position);

CREATE TABLE accounts (
    id              TEXT PRIMARY KEY,
    email           TEXT NOT NULL UNIQUE, -- normalised
    name            TEXT NOT NULL,        -- shown to colleagues
    practitioner    TEXT REFERENCES practitioners (id), -- who the account is in the directory, NULL for most
    password_hash   TEXT NOT NULL,        -- argon2id
    password_set_at {{time}} NOT NULL,    -- sessions that began before are over
    active          BOOLEAN NOT NULL,
    created_at      {{time}} NOT NULL
);

CREATE TABLE account_roles (
    account TEXT NOT NULL REFERENCES accounts (id),
    role    TEXT NOT NULL, -- closed list of the account room
    PRIMARY KEY (account, role)
);

CREATE TABLE account_territories (
    account   TEXT NOT NULL REFERENCES accounts (id),
    territory TEXT NOT NULL, -- where the roles hold
    PRIMARY KEY (account, territory)
);

CREATE TABLE sign_in_tries (
    try_key TEXT PRIMARY KEY, -- a hashed address, or a source
    tries   INTEGER NOT NULL, -- in a row without success
    last_at {{time}}          -- of the last one, NULL while the first is being counted
);

CREATE TABLE sessions (
    token_hash {{bytes}} PRIMARY KEY, -- SHA-256 of what the session library names the session by
    data       {{bytes}} NOT NULL,    -- as the session library encodes it, account id and times
    expires_at {{time}} NOT NULL
);

CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE feeds (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,             -- practitioner, territory
    territory  TEXT NOT NULL,             -- where the right to it was checked
    target     TEXT NOT NULL,             -- practitioner or territory id, by kind
    token_hash {{bytes}} NOT NULL UNIQUE, -- SHA-256 of the secret in its address
    created_at {{time}} NOT NULL,
    created_by TEXT NOT NULL,             -- account id
    revoked_at {{time}}                   -- NULL while the address works
);

CREATE INDEX feeds_of_account ON feeds (created_by, created_at);
