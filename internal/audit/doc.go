// Package audit says who did what to whom, append-only and chained.
//
// Entries are written in the transaction of the use case they belong to. They
// are chained afterwards, in batches, in the order of their numbers: a chain
// computed inside each transaction would make all of them wait for one row.
// An entry names things by id and never holds a patient's identity.
package audit
