package app

import (
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// houseFolder begins the names of the folders of houses of the entraînement.
const houseFolder = "relais-entrainement-"

// beingMade is how long a folder may be there before its house has locked it.
const beingMade = time.Minute

// clearLeftovers removes the folders of houses whose process was killed: those
// that nobody has locked. What cannot be removed is left for the next start.
func clearLeftovers(now time.Time) {
	found, _ := filepath.Glob(filepath.Join(os.TempDir(), houseFolder+"*")) // the pattern is valid
	for _, dir := range found {
		if !leftBehind(dir, now) {
			continue
		}
		if release, err := lockFolder(dir); err == nil {
			_ = os.RemoveAll(dir)
			_ = release()
		}
	}
}

// leftBehind reports whether a folder may be one of ours: others can write into
// a temporary folder too.
func leftBehind(dir string, now time.Time) bool {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || now.Sub(info.ModTime()) < beingMade {
		return false
	}
	owner, known := info.Sys().(*syscall.Stat_t)
	return known && int(owner.Uid) == os.Geteuid()
}
