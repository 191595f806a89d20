package store

import "strings"

// The words of the schema for a table <t> whose rows stay as they were written.
// PostgreSQL's trigger fires in every role of replication, and for TRUNCATE;
// SQLite's fire for REPLACE too, by recursive_triggers.
const (
	keepOnSQLite = `CREATE TRIGGER <t>_not_updated BEFORE UPDATE ON <t> BEGIN SELECT RAISE(ABORT, '<t> is append-only'); END;
CREATE TRIGGER <t>_not_deleted BEFORE DELETE ON <t> BEGIN SELECT RAISE(ABORT, '<t> is append-only'); END;`
	releaseOnSQLite = `DROP TRIGGER <t>_not_deleted;
DROP TRIGGER <t>_not_updated;`

	keepOnPostgres = `CREATE FUNCTION <t>_stay() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''<t> is append-only'' USING ERRCODE = ''restrict_violation''; END';
CREATE TRIGGER <t>_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON <t> FOR EACH STATEMENT EXECUTE FUNCTION <t>_stay();
ALTER TABLE <t> ENABLE ALWAYS TRIGGER <t>_stay;`
	releaseOnPostgres = `DROP TRIGGER <t>_stay ON <t>;
DROP FUNCTION <t>_stay();`
)

// keeping adds what {{keep T}} and {{release T}} say to the words of a database.
func keeping(keep, release string, words ...string) []string {
	for _, table := range []string{"funding_entries", "funding_lines", "mission_years"} {
		of := strings.NewReplacer("<t>", table)
		words = append(words, "{{keep "+table+"}}", of.Replace(keep), "{{release "+table+"}}", of.Replace(release))
	}
	return words
}
