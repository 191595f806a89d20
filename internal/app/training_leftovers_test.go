package app

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestWhatAKilledProcessLeftIsRemovedAndNothingElse(t *testing.T) {
	c := openCampus(t)
	c.trainee().book()
	inUse := c.folders()[0]
	folder := func(name string, age time.Duration) string {
		dir := filepath.Join(os.TempDir(), name)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "relais.db"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(dir, at, at); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	left := folder(houseFolder+"killed", time.Hour)
	other := folder("somebody-else", time.Hour)
	fresh := folder(houseFolder+"fresh", 0)
	linked := filepath.Join(os.TempDir(), houseFolder+"link")
	if err := os.Symlink(other, linked); err != nil {
		t.Fatal(err)
	}
	clearLeftovers(time.Now().Add(beingMade - time.Second))
	if found := c.folders(); slices.Contains(found, left) || !slices.Contains(found, inUse) || !slices.Contains(found, fresh) || !slices.Contains(found, linked) {
		t.Errorf("there are %v", found)
	}
	clearLeftovers(time.Now().Add(time.Hour))
	if found := c.folders(); len(found) != 2 || !slices.Contains(found, inUse) {
		t.Errorf("there are %v", found)
	}
	if _, err := os.Stat(filepath.Join(other, "relais.db")); err != nil {
		t.Error(err)
	}
	c.trainee().book() // whoever trains goes on
}
