// Package store keeps the record: everything Relais acknowledged, in SQL.
//
// One text of SQL serves SQLite (modernc, in a data folder) and PostgreSQL
// (pgx). DB is the opened database; each room of the domain has an adapter over
// it (Agenda, Regulation, Directory, …) that keeps the interface the room
// declares. Methods are grouped in files by noun.
//
// Decisions
//   - The two databases differ in a few words of the schema ({{time}}, {{bytes}},
//     {{counter}}, {{float}}, {{exact}} and what keeps a table append-only, see
//     dialect.go) and in one clause of statements:
//     PostgreSQL locks rows with FOR NO KEY UPDATE, SQLite has one writer.
//   - PostgreSQL runs READ COMMITTED. A transaction that depends on rows locks
//     them first, in a statement of its own, so that the next statement sees
//     what earlier holders of the lock committed.
//   - SQLite's use cases share commits: one writer runs those that wait, each in a
//     savepoint, and answers none before the commit that holds them all. So one
//     wait for the disk serves all, and a use case may see what an earlier one of
//     its group did: if the commit fails, it fails with it. A failed or panicking
//     one is undone alone; one that exceeds ten seconds loses its turn, and the rows
//     it left open. Whoever comes too late for a commit is refused before they run:
//     a deadline that passes within a group undoes all of it.
//   - An idle connection to PostgreSQL is looked at, not asked, before it is used:
//     one that died with a restart is replaced before anything was sent, so the
//     first calls after the return pass. A commit of unknown fate is never retried.
//   - slots.booked repeats the numbers of the live seats. Only Touch and
//     SaveSlot write it, in the transaction that changed the bookings and under
//     the slot's lock; boards read one table. The partial unique index on
//     bookings, not this column, is what keeps a seat from being booked twice.
//   - An idempotency key is claimed before it is looked up (an advisory lock on
//     PostgreSQL): of two equal requests at once, the second waits and then finds
//     the answer of the first, instead of finding the seat taken by itself.
//   - Locks are taken in one order: idempotency key, slot, family name, case, and in
//     attribution idempotency key, request, offer, places. The
//     name is claimed like a key (LiveBookingsNamed), so that two bookings of one
//     patient at once cannot both find none.
//   - A solicitation is locked after its case, and last of all. One waits per case
//     by a partial unique index; one update of its state, time included, accepts it.
//   - An attribution request is locked before its offer, and that before the GP's
//     places, which are claimed like a key: a GP who declared nothing has no row to
//     lock. How many are taken is counted from offers, never kept. One live offer
//     per request is a partial unique index. What an erasure takes away is not sealed
//     again by whoever read it before.
//   - Entries of the books and their lines are append-only by triggers ({{keep T}},
//     append_only.go), in PostgreSQL in every role of replication. One row per
//     territory, funding_heads, is locked by whoever writes in its books: numbers have
//     no gap, and what stands beside the entries (totals, standings) is kept in the
//     transaction that writes them. Locks: idempotency key, contract, expectations by
//     key, head. Verify walks the chain and adds everything up again.
//   - Two fiscal years that begin in one civil year would have one name: the second is
//     refused as overlapping.
//   - A plan's ground is read in one snapshot (REPEATABLE READ on PostgreSQL), of
//     columns that say nothing of who the patient is.
//   - SQLite overwrites what it deletes (secure_delete), so that an erasure is one in
//     the file too once the log is brought into it. PostgreSQL gives the old bytes of
//     a row up with its next vacuum; neither leaves them in a backup made afterwards.
//   - An outbox row names a slot; its record is read when it is delivered, so
//     the relay always hands on the newest. Its numbers are never used twice.
//   - What identifies a patient is sealed (Tink AEAD) with table, column and row
//     as associated data, and looked up by keyed hash. See Keys.
//   - Ranking reads the directory from memory (Directory.Ground). Every change
//     of it renews a mark in meta, in its own transaction and as the last thing,
//     so one row tells whether to read again. It is looked at once a second at
//     most, beside the readers, who wait when the last look is two seconds old,
//     for 300 ms at most: a database that hangs leaves the ground that is known.
//   - A driver's error never leaves this package in words: it becomes
//     "store.unavailable" (try again later) or "internal", the cause kept for
//     the log.
//
// Backup: DB.Backup copies SQLite while it runs. PostgreSQL is backed up with
// pg_dump -Fc and restored with pg_restore; either needs the data key file, kept
// elsewhere, or the identities stay sealed for ever.
package store
