-- Journals for accountants' programs list entries by day; they are kept by number.

-- +goose Up

CREATE INDEX funding_entries_by_day ON funding_entries (territory, fiscal_year, on_day, number);

-- +goose Down

DROP INDEX funding_entries_by_day;
