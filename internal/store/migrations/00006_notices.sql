-- What people were told, the devices that ring for them, and the key that push
-- services know Relais by.

-- +goose Up

CREATE TABLE notices (
    id           TEXT PRIMARY KEY,
    account      TEXT NOT NULL REFERENCES accounts (id), -- who was told
    kind         TEXT NOT NULL,     -- closed list of the regulation room
    at           {{time}} NOT NULL,
    territory    TEXT NOT NULL,
    slot         TEXT NOT NULL,     -- what it is about, each empty when it is not
    booking      TEXT NOT NULL,     -- see slot
    case_id      TEXT NOT NULL,     -- see slot
    solicitation TEXT NOT NULL,     -- see slot
    seen_at      {{time}},          -- when its receiver said so, NULL before
    push_at      {{time}},          -- when to push next, or the end of the lease of who pushes now; NULL when there is nothing to push
    push_tries   INTEGER NOT NULL,  -- how often its push was claimed
    pushed_at    {{time}},          -- when a device last took it, NULL when none did
    push_done    TEXT NOT NULL,     -- ids of the devices not to be asked again, joined by spaces: they took it, or it was refused for them
    mail_at      {{time}},          -- like push_at
    mail_tries   INTEGER NOT NULL,  -- like push_tries
    mailed_at    {{time}}           -- when a server took the mail, NULL before
);

CREATE INDEX notices_of_account ON notices (account, at, id);
CREATE INDEX notices_by_age ON notices (at);
CREATE INDEX notices_to_push ON notices (push_at) WHERE push_at IS NOT NULL;
CREATE INDEX notices_to_mail ON notices (mail_at) WHERE mail_at IS NOT NULL;

CREATE TABLE push_subscriptions (
    id            TEXT PRIMARY KEY,
    account       TEXT NOT NULL REFERENCES accounts (id), -- for whom the device rings
    device        TEXT NOT NULL,              -- as its owner calls it, may be empty
    endpoint_hash {{bytes}} NOT NULL UNIQUE,  -- keyed hash of the address: one endpoint is one device
    private       {{bytes}} NOT NULL,         -- sealed: address and keys of the device
    private_key   BIGINT NOT NULL,            -- number of the key that sealed it
    created_at    {{time}} NOT NULL,
    last_sent_at  {{time}},                   -- when the push service last took something for it, NULL for never
    failures      INTEGER NOT NULL            -- in a row since then
);

CREATE INDEX push_subscriptions_of_account ON push_subscriptions (account, created_at);

CREATE TABLE alerts (
    account TEXT PRIMARY KEY, -- account id
    mail    BOOLEAN NOT NULL  -- an e-mail when a notice stays unseen; true for who made no choice
);

-- Browsers subscribe to one key; another one would end every subscription, so it
-- is made once and comes along with every copy of the record.
CREATE TABLE push_keys (
    id          TEXT PRIMARY KEY,   -- 'vapid'
    private     {{bytes}} NOT NULL, -- sealed: the private key, P-256
    private_key BIGINT NOT NULL     -- number of the key that sealed it
);

CREATE INDEX accounts_of_practitioner ON accounts (practitioner) WHERE practitioner IS NOT NULL;

-- +goose Down

DROP INDEX accounts_of_practitioner;
DROP TABLE push_keys;
DROP TABLE alerts;
DROP TABLE push_subscriptions;
DROP TABLE notices;
