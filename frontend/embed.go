// Package frontend holds the built pages (sign-in, phone, console, pilot), embedded so that the
// binary serves them alone.
//
// The folder dist is filled by `npm run build`. It always holds a .gitkeep, so that Go builds
// without Node; Built then answers false and the server says how to build the pages.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS holds the built pages at its root: index.html, console.html, phone.html, pilot.html and
// assets/, whose file names carry a hash of their content and may be cached for ever.
var FS = root()

func root() fs.FS {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // a constant path inside the embedded folder: cannot fail
	}
	return pages
}

// Built tells whether the pages were built before the binary was.
func Built() bool {
	_, err := fs.Stat(FS, "index.html")
	return err == nil
}
