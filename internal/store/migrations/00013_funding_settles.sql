-- What an entry received of expected money, so that its reversal awaits it again;
-- and entries by their piece, by which those of a year's end are known.

-- +goose Up

ALTER TABLE funding_entries ADD COLUMN settles TEXT NOT NULL DEFAULT ''; -- id of the expectation that the money came for, empty for most
CREATE INDEX funding_entries_of_piece ON funding_entries (territory, piece, number);

-- +goose Down

DROP INDEX funding_entries_of_piece;
ALTER TABLE funding_entries DROP COLUMN settles;
