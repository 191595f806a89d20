// Package redis is the live engine on Redis or on a Redis Cluster, for services
// of several processes.
//
// Decisions
//   - Every change is one Lua script, so it happens whole, in order, and its
//     event with it. One file of scripts/ is one idea; lib.lua is what they
//     share. They need Redis 7.0 or later.
//   - Every key of a territory stands under one hash tag, {territory}:
//     meta (run, epoch, seq, ready, fence, begun), static (slot → the record's
//     slot, written by Go and never read by Lua), live (slot → revision, start,
//     end, seats, booked seats, holds, guard), exp (token → end in ms), who
//     (account → holds that count), log (the latest events), was:<token> (what
//     became of an ended hold, for a quarter of an hour).
//   - Continuity. A script carries the run id of the server it was loaded into,
//     in its text. A restarted server does not know it any more, so no call,
//     not even a client's own retry, passes from one run to the next unseen: it
//     is loaded anew, meets a meta of another run, and answers "lost". Losing
//     the last second of an append-only file is therefore always noticed.
//   - An old snapshot restored inside one run is noticed by whoever saw a later
//     position, asked for or pushed: the same epoch with a lower sequence, or an
//     epoch of a lower generation (the number it begins with; each Begin's is
//     higher than any known one). Who notices first makes the meta forget its
//     run, so that it is lost for everybody, within the second between two looks.
//     A process that saw nothing later goes on until then.
//   - In a cluster, scripts are loaded into each master and chosen by the node
//     that answers for the key. A slot that comes to another node, by resharding
//     or failover, meets another run and is lost, hence rebuilt; one on its way
//     (ASK, TRYAGAIN) is away. MOVED makes the client look at the cluster anew,
//     for less than a second. The nodes are told by a URL with addr=, so that it
//     is known which of both it is while nobody answers; a plain URL that leads
//     to a cluster says what to write.
//   - Many territories are asked at once, one pipeline per node, by plain reads:
//     Lost, Positions and Due. Ahead of them goes a script of the run, on the
//     same connection, so what they read is of that run. Scripts alone decide
//     and change; a read only says which territories need one.
//   - A whole territory is read by pages of a thousand slots (HSCAN), plain reads
//     between two scripts of the position; nearly every territory is one page, one
//     round trip. What events tell since the first page goes on top, so the result
//     is every slot at one position, and no command keeps the server for longer
//     than a page. A change of epoch or of server begins the reading again. Slots
//     that were trimmed during it may still be in it, as trimming makes no event.
//     Trim finds what ended in the same way, and its script forgets a few.
//   - Fences follow the caller's clock in microseconds, so they rise although
//     Redis may forget them.
//   - The client repeats calls whose answer it lost, so scripts are idempotent:
//     by token, by revision, by epoch. A token that has ended is never held
//     again, so a repetition that comes late brings nothing back.
//   - Events are pushed by PUBLISH over one connection per process, also in a
//     cluster, whose nodes pass them on to each other. Sharded channels (SPUBLISH)
//     would spare the nodes that, and cost a connection per node and process that
//     the client cannot restore by itself: it subscribes anew to all channels in
//     one command, which a cluster refuses across slots. An event is under a
//     kilobyte, and the nodes are few. Gaps show in the sequence and are filled
//     from the log.
//   - cjson writes 14 digits: times in it are milliseconds, fences are text.
package redis
