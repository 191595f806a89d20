package sheet

// Problem says why a line of a file was left out. It never quotes what the line holds.
type Problem struct {
	Line    int    // physical line of the file, from 1; the first of a record over several
	Column  string // the field by its French name ("rpps", "code postal"); empty for the whole line
	Reason  string // stable: "directory.rpps_key"
	Message string // French
}
