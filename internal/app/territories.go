package app

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// atlas is the territories that this service answers for, by id.
type atlas map[string]territory.Territory

var errNoTerritory = fault.New(fault.NotFound, "territory.unknown", "Ce territoire n’existe pas.")

// Territory returns one, or a NotFound fault "territory.unknown".
func (a atlas) Territory(id string) (territory.Territory, error) {
	if t, ok := a[id]; ok {
		return t, nil
	}
	return territory.Territory{}, errNoTerritory
}

// ids lists the territories by id.
func (a atlas) ids() []string { return slices.Sorted(maps.Keys(a)) }

func (a atlas) knows(id string) bool { _, ok := a[id]; return ok }

// readAtlas reads the territories shipped and those of the operator's folder,
// and keeps the ones that the settings name. A file of the folder replaces a
// shipped one of the same id.
func readAtlas(cfg config.Config) (atlas, error) {
	all := atlas{}
	if err := all.read(configs.Territories, "territories/*.yaml"); err != nil {
		return nil, err
	}
	if cfg.TerritoriesDir != "" {
		if _, err := os.Stat(cfg.TerritoriesDir); err != nil {
			return nil, misuse("territories_dir: %w", err)
		}
		if err := all.read(os.DirFS(cfg.TerritoriesDir), "*.y*ml"); err != nil {
			return nil, usageError{err}
		}
	}
	for _, id := range slices.Concat(cfg.Territories, cfg.ProfessionalsBook) {
		if !all.knows(id) {
			return nil, misuse("settings: there is no territory %q; there are %v", id, all.ids())
		}
	}
	if len(cfg.Territories) > 0 {
		maps.DeleteFunc(all, func(id string, _ territory.Territory) bool { return !slices.Contains(cfg.Territories, id) })
	}
	return all, nil
}

func (a atlas) read(files fs.FS, pattern string) error {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return err
	}
	var problems []error
	for _, name := range names {
		t, err := readTerritory(files, name)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		a[t.ID] = t
	}
	return errors.Join(problems...)
}

func readTerritory(files fs.FS, name string) (territory.Territory, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return territory.Territory{}, err
	}
	var spec territory.Spec
	if err := decodeYAML(text, &spec); err != nil {
		return territory.Territory{}, fmt.Errorf("%s: %w", path.Base(name), err)
	}
	t, err := spec.Territory()
	if err != nil {
		return territory.Territory{}, fmt.Errorf("%s: %w", path.Base(name), allFields(err))
	}
	return t, nil
}

// allFields puts the broken fields of a fault into one line.
func allFields(err error) error {
	f := fault.Of(err)
	slices.SortFunc(f.Fields, func(x, y fault.Field) int { return cmp.Compare(x.Name, y.Name) })
	list := make([]string, 0, len(f.Fields))
	for _, field := range f.Fields {
		list = append(list, field.Name+" ("+field.Reason+")")
	}
	return fmt.Errorf("%s: %v", f.Reason, list)
}
