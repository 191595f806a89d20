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
	"strings"
	"time"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/web"
	"github.com/relais-snp/relais/internal/xlsx"
)

// readFundingRules reads the dated data of contracts, majorations, caps and
// accounts: the files shipped, each replaced by the operator's of the same name,
// and those that the operator adds.
func readFundingRules(cfg config.Config) (web.FundingRules, error) {
	shipped, err := fs.Sub(configs.Funding, "funding")
	if err != nil {
		return web.FundingRules{}, err
	}
	files, err := yamlIn(shipped)
	if err != nil {
		return web.FundingRules{}, err
	}
	if cfg.FundingDir != "" {
		if _, err := os.Stat(cfg.FundingDir); err != nil {
			return web.FundingRules{}, misuse("funding_dir: %w", err)
		}
		own, err := yamlIn(os.DirFS(cfg.FundingDir))
		if err != nil {
			return web.FundingRules{}, misuse("funding_dir: %w", err)
		}
		maps.Copy(files, own)
	}
	rules, err := fundingRules(files)
	if err != nil {
		return web.FundingRules{}, usageError{err}
	}
	return rules, nil
}

// yamlIn reads the files of a folder, by name.
func yamlIn(folder fs.FS) (map[string][]byte, error) {
	names, err := fs.Glob(folder, "*.y*ml")
	files := map[string][]byte{}
	for _, name := range names {
		text, unread := fs.ReadFile(folder, name)
		files[path.Base(name)], err = text, errors.Join(err, unread)
	}
	return files, err
}

// fundingRules reads each file as what its name says, and names every file and
// cell that is wrong.
func fundingRules(files map[string][]byte) (rules web.FundingRules, err error) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if wrong := readFundingFile(&rules, name, files[name]); wrong != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", name, wrong))
		}
	}
	slices.SortStableFunc(rules.Charts, func(x, y funding.Chart) int { return cmp.Compare(x.FromYear, y.FromYear) })
	return rules, errors.Join(err, twice(rules))
}

// readFundingFile takes caps.yaml for caps, schemes.yaml for majorations,
// chart-….yaml for a chart of accounts, and any other for a kind of contract.
func readFundingFile(rules *web.FundingRules, name string, text []byte) error {
	base := strings.TrimSuffix(name, path.Ext(name))
	switch {
	case base == "caps":
		return sound(text, &rules.Caps)
	case base == "schemes":
		return sound(text, &rules.Schemes)
	case strings.HasPrefix(base, "chart-"):
		var chart funding.Chart
		err := sound(text, &chart)
		rules.Charts = append(rules.Charts, chart)
		return err
	}
	var schedule funding.Schedule
	err := sound(text, &schedule)
	rules.Schedules = append(rules.Schedules, schedule)
	return err
}

func sound(text []byte, into interface{ Validate() error }) error {
	if err := decodeYAML(text, into); err != nil {
		return err
	}
	if err := into.Validate(); err != nil {
		return allFields(err)
	}
	return nil
}

// twice says what two files both describe: which one holds would be chance.
func twice(rules web.FundingRules) (err error) {
	seen := map[string]bool{}
	once := func(what string) {
		if seen[what] {
			err = errors.Join(err, fmt.Errorf("two files describe %s", what))
		}
		seen[what] = true
	}
	for _, s := range rules.Schedules {
		once("the contract " + s.Code)
	}
	for _, c := range rules.Charts {
		once(fmt.Sprintf("the chart of accounts from %d on", c.FromYear))
	}
	return err
}

// fund makes the books and the mission indicators, which need each other: a
// contract says when its years are, and indicators what its variable part may be.
func (h *house) fund(rules web.FundingRules, clock func() time.Time) {
	record := store.Funding{DB: h.db}
	h.money = rules
	h.missions = &indicator.Missions{
		Store: store.Indicators{DB: h.db}, Reports: h.indicators, Flow: missionFlow{h.attribution},
		Contract:    contractYears{contracts: record, schedules: rules.Schedules},
		Territories: h.atlas, Now: clock, NewID: newID,
	}
	h.books = &funding.Service{
		Store: record, Territories: h.atlas, Charts: rules.Charts, Schedules: rules.Schedules, Schemes: rules.Schemes,
		Guards: funding.Guards{Earmarked: funding.Earmarked(rules.Schedules), Cap: rules.Caps.Of},
		People: store.Directory{DB: h.db}, Lands: h.atlas.ids, Estimate: h.missions.Estimate, Workbook: xlsx.Write,
		Now: clock, NewID: newID,
	}
}
