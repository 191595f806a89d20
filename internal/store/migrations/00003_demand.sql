-- Why a case found no solution can be counted, and what a call asked of the
-- regulator is kept for medians.

-- +goose Up

ALTER TABLE cases ADD COLUMN why_kind TEXT NOT NULL DEFAULT ''; -- why there was no solution, closed list of the regulation room, empty otherwise
ALTER TABLE cases ADD COLUMN keys INTEGER;                      -- keys pressed from opening to outcome, NULL when not told
ALTER TABLE cases ADD COLUMN conflicts INTEGER;                 -- seats lost to somebody else meanwhile, NULL when not told

UPDATE cases SET why_kind = 'other' WHERE outcome = 'no_solution';

-- +goose Down

ALTER TABLE cases DROP COLUMN conflicts;
ALTER TABLE cases DROP COLUMN keys;
ALTER TABLE cases DROP COLUMN why_kind;
