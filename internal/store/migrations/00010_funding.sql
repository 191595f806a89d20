-- Funding: the contract of a CPTS, the money it expects, and its books. Entries
-- and their lines are append-only by triggers; totals are kept beside them, in
-- the transaction that writes them. Amounts are cents of euros.

-- +goose Up

CREATE TABLE funding_years (
    territory TEXT NOT NULL,
    year      INTEGER NOT NULL, -- civil year that it begins in
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,    -- included
    closed_at {{time}},         -- NULL while entries may be written
    closed_by TEXT NOT NULL,    -- account id, empty while entries may be written
    PRIMARY KEY (territory, year),
    CHECK (last_day >= first_day)
);

-- Where each chain ends. Whoever writes in the books of a territory locks its row.
CREATE TABLE funding_heads (
    territory TEXT PRIMARY KEY,
    number    BIGINT NOT NULL,   -- of the last entry, 0 when nothing was written yet
    hash      {{bytes}} NOT NULL -- of the last entry, 32 zeros when nothing was written yet
);

CREATE TABLE funding_entries (
    id          TEXT PRIMARY KEY,
    territory   TEXT NOT NULL,
    number      BIGINT NOT NULL CHECK (number > 0), -- place in the chain, from 1 without gaps
    journal     TEXT NOT NULL,     -- code in the chart of accounts
    on_day      TEXT NOT NULL,     -- what it is counted on
    fiscal_year INTEGER NOT NULL,
    label       TEXT NOT NULL,     -- as the treasurer words it
    piece       TEXT NOT NULL,     -- reference of what proves it
    piece_on    TEXT NOT NULL,     -- day of what proves it
    reverses    TEXT REFERENCES funding_entries (id), -- entry that this one takes back, NULL for most
    at          {{time}} NOT NULL, -- when it was sealed
    made_by     TEXT NOT NULL,     -- account id, 'system' for the service itself
    hash        {{bytes}} NOT NULL, -- SHA-256 of the entry, its lines and the hash before it
    UNIQUE (territory, number),
    FOREIGN KEY (territory, fiscal_year) REFERENCES funding_years (territory, year)
);

-- The one guarantee that an entry is reversed once.
CREATE UNIQUE INDEX one_reversal_per_funding_entry ON funding_entries (reverses) WHERE reverses IS NOT NULL;
CREATE INDEX funding_entries_of_year ON funding_entries (territory, fiscal_year, number);

CREATE TABLE funding_lines (
    territory     TEXT NOT NULL,
    number        BIGINT NOT NULL,   -- of the entry
    position      INTEGER NOT NULL CHECK (position BETWEEN 1 AND 200), -- place in the entry
    account       TEXT NOT NULL,     -- number in the chart of the entry's year
    debit         BIGINT NOT NULL CHECK (debit >= 0),
    credit        BIGINT NOT NULL CHECK (credit >= 0),
    contract      TEXT NOT NULL,     -- id, empty when it is about none
    contract_year INTEGER NOT NULL,  -- 1 the first, 0 when it is about none
    mission       TEXT NOT NULL,     -- code in the schedule, may be empty
    envelope      TEXT NOT NULL,     -- code in the schedule, may be empty
    budget        TEXT NOT NULL,     -- fonctionnement, operationnel, may be empty
    evidence      TEXT NOT NULL,     -- id of an indicator, a booking or a document, may be empty
    person        TEXT NOT NULL,     -- professional who is paid, may be empty; outlives the directory
    PRIMARY KEY (territory, number, position),
    FOREIGN KEY (territory, number) REFERENCES funding_entries (territory, number),
    CHECK ((debit = 0) <> (credit = 0))
);

CREATE INDEX funding_lines_on_account ON funding_lines (territory, account, number);
CREATE INDEX funding_lines_of_envelope ON funding_lines (territory, envelope, number) WHERE envelope <> '';

-- +goose StatementBegin
{{keep funding_entries}}
-- +goose StatementEnd
-- +goose StatementBegin
{{keep funding_lines}}
-- +goose StatementEnd

CREATE TABLE funding_totals (
    territory   TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    account     TEXT NOT NULL,   -- number in the chart
    debit       BIGINT NOT NULL, -- sum of the year's lines on the account
    credit      BIGINT NOT NULL, -- sum of the year's lines on the account
    PRIMARY KEY (territory, fiscal_year, account)
);

CREATE TABLE funding_standings (
    territory TEXT NOT NULL,
    contract  TEXT NOT NULL,    -- id, of an envelope, may be empty
    envelope  TEXT NOT NULL,    -- code, empty for a person
    person    TEXT NOT NULL,    -- directory id, empty for an envelope
    year      INTEGER NOT NULL, -- calendar year, of a person, 0 for an envelope
    received  BIGINT NOT NULL,  -- by the envelope
    spent     BIGINT NOT NULL,  -- from the envelope, or for the person
    PRIMARY KEY (territory, contract, envelope, person, year)
);

CREATE TABLE funding_expectations (
    id            TEXT PRIMARY KEY,
    territory     TEXT NOT NULL,
    origin        {{exact}} NOT NULL, -- what it comes from: one expectation each, however often it is told
    on_day        TEXT NOT NULL,      -- when it is due
    amount        BIGINT NOT NULL CHECK (amount > 0),
    received      BIGINT NOT NULL,    -- what came so far
    state         TEXT NOT NULL,      -- pending, partly, posted, voided
    contract      TEXT NOT NULL,      -- these seven as in funding_lines
    contract_year INTEGER NOT NULL,
    mission       TEXT NOT NULL,
    envelope      TEXT NOT NULL,
    budget        TEXT NOT NULL,
    evidence      TEXT NOT NULL,
    person        TEXT NOT NULL,
    because       TEXT NOT NULL,      -- reasons of a majoration, of a closed list, joined by spaces
    created_at    {{time}} NOT NULL,
    revision      BIGINT NOT NULL,    -- rises by one with every write, from 0
    UNIQUE (territory, origin),
    CHECK (received BETWEEN 0 AND amount)
);

CREATE INDEX funding_expectations_by_day ON funding_expectations (territory, on_day, id);
CREATE INDEX funding_expectations_of_person ON funding_expectations (territory, person, on_day, id) WHERE person <> '';

CREATE TABLE funding_contracts (
    id         TEXT PRIMARY KEY,
    territory  TEXT NOT NULL UNIQUE,
    schedule   TEXT NOT NULL,     -- code of the schedule that it follows
    signed_on  TEXT NOT NULL,
    taille     INTEGER NOT NULL CHECK (taille BETWEEN 1 AND 4),
    starts     TEXT NOT NULL,     -- JSON: missions and the days they began
    amounts    TEXT NOT NULL,     -- JSON: cents a year by code, instead of the schedule's
    schemes    TEXT NOT NULL,     -- codes of majorations, joined by spaces
    siren      TEXT NOT NULL,     -- 9 digits, may be empty
    changed_at {{time}} NOT NULL,
    changed_by TEXT NOT NULL,     -- account id
    revision   BIGINT NOT NULL    -- rises by one with every write, from 1
);

CREATE TABLE funding_decisions (
    territory  TEXT NOT NULL,
    mission    TEXT NOT NULL,     -- code in the schedule
    year       INTEGER NOT NULL,  -- contract year, 1 the first
    amount     BIGINT NOT NULL CHECK (amount >= 0), -- of the variable part
    on_day     TEXT NOT NULL,     -- of the dialogue
    evidence   TEXT NOT NULL,     -- hash of the document, empty while it is awaited
    decided_by TEXT NOT NULL,     -- account id of whoever entered it
    at         {{time}} NOT NULL, -- when it was entered
    PRIMARY KEY (territory, mission, year)
);

CREATE TABLE funding_budget_lines (
    id        TEXT PRIMARY KEY,
    territory TEXT NOT NULL,
    year      INTEGER NOT NULL, -- fiscal year
    budget    TEXT NOT NULL,    -- fonctionnement, operationnel
    label     TEXT NOT NULL,    -- as the treasurer words it
    account   TEXT NOT NULL,    -- beginning of the accounts that it covers
    mission   TEXT NOT NULL,    -- code, empty for any
    envelope  TEXT NOT NULL,    -- code, empty for any
    planned   BIGINT NOT NULL,
    committed BIGINT NOT NULL,  -- ordered and not yet in the books
    revision  BIGINT NOT NULL   -- rises by one with every write, from 1
);

CREATE INDEX funding_budget_of_year ON funding_budget_lines (territory, year, budget, label, id);

-- +goose Down

DROP TABLE funding_budget_lines;
DROP TABLE funding_decisions;
DROP TABLE funding_contracts;
DROP TABLE funding_expectations;
DROP TABLE funding_standings;
DROP TABLE funding_totals;
-- +goose StatementBegin
{{release funding_lines}}
-- +goose StatementEnd
-- +goose StatementBegin
{{release funding_entries}}
-- +goose StatementEnd
DROP TABLE funding_lines;
DROP TABLE funding_entries;
DROP TABLE funding_heads;
DROP TABLE funding_years;
