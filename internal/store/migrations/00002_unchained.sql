-- What is still to be chained is found without walking what is, however long the
-- audit has grown.

-- +goose Up

CREATE INDEX audit_unchained ON audit (id) WHERE position IS NULL;

-- +goose Down

DROP INDEX audit_unchained;
