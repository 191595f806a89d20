// Package storetest opens fresh records for tests, on both databases.
//
// SQLite lives in the test's folder. PostgreSQL is the one RELAIS_TEST_POSTGRES_URL
// names, or a cluster of this package's own: made with initdb in a temporary
// folder, on a free port of 127.0.0.1, shared by the tests of one process, every
// test in a database of its own. A guard process stops the cluster and removes
// its folder when the test process ends, however it ends.
//
// Where PostgreSQL is missing, tests fail and say what to install. They never
// skip: half of the record would go unproved.
package storetest
