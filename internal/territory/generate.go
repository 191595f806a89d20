package territory

//go:generate go run ./gen
