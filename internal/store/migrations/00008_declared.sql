-- Declared figures: what the caisse counts and Relais cannot, entered by hand.

-- +goose Up

CREATE TABLE declared_figures (
    id        TEXT PRIMARY KEY,
    territory TEXT NOT NULL,
    kind      TEXT NOT NULL,       -- closed list of the indicator room
    on_day    TEXT NOT NULL,       -- YYYY-MM-DD, the day that the figure is about
    count     INTEGER NOT NULL,    -- patients
    base      INTEGER NOT NULL,    -- of how many patients in all, 0 when not told
    source    TEXT NOT NULL,       -- free text: who gave it, in which document
    by_whom   TEXT NOT NULL,       -- account id of who entered it
    at        {{time}} NOT NULL    -- when it was entered, or last replaced
);

-- The one guarantee that a day has one figure of a kind.
CREATE UNIQUE INDEX one_declared_figure ON declared_figures (territory, on_day, kind);

-- +goose Down

DROP TABLE declared_figures;
