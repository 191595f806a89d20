package main

import "slices"

// world is one way to run Relais.
type world struct {
	Name       string
	Postgres   bool // else SQLite
	Redis      bool // else the engine in memory
	AppendOnly bool // Redis keeps its data over a kill
	Servers    int
	SmallDisk  bool // the data folder can be filled up
}

var worlds = []world{
	{Name: "sqlite", Servers: 1},
	{Name: "disk", Servers: 1, SmallDisk: true},
	{Name: "postgres", Postgres: true, Servers: 1},
	{Name: "redis", Postgres: true, Redis: true, Servers: 1},
	{Name: "append", Redis: true, AppendOnly: true, Servers: 1},
	{Name: "pair", Postgres: true, Redis: true, Servers: 2},
}

func worldOf(name string) (world, bool) {
	i := slices.IndexFunc(worlds, func(w world) bool { return w.Name == name })
	if i < 0 {
		return world{}, false
	}
	return worlds[i], true
}
