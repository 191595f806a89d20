-- Notices about offers of a médecin traitant.

-- +goose Up

ALTER TABLE notices ADD COLUMN offer TEXT NOT NULL DEFAULT '';   -- offer it is about, empty when it is not
ALTER TABLE notices ADD COLUMN request TEXT NOT NULL DEFAULT ''; -- request it is about, empty when it is not

-- +goose Down

ALTER TABLE notices DROP COLUMN request;
ALTER TABLE notices DROP COLUMN offer;
