package web

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

// missionHandlers keeps the indicators of the yearly dialogue and what proves them.
type missionHandlers struct {
	missions  Missions
	contracts Contracts
	lands     Territories
	names     names
}

func (h missionHandlers) ListObjectives(ctx context.Context, r api.ListObjectivesRequestObject) (api.ListObjectivesResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	all, err := h.missions.Objectives(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	if csv {
		sheet, size, err := sheetOf(indicator.MissionReport{Progress: all})
		return api.ListObjectives200TextcsvResponse{Body: sheet, ContentLength: size}, err
	}
	items, err := h.told(ctx, actor, r.Params.Territory, all)
	return api.ListObjectives200JSONResponse{Items: items}, err
}

func (h missionHandlers) AddObjective(ctx context.Context, r api.AddObjectiveRequestObject) (api.AddObjectiveResponseObject, error) {
	ctx, actor := caller(ctx)
	wanted, err := objectiveFrom(*r.Body)
	if err != nil {
		return nil, err
	}
	made, err := h.missions.AddObjective(ctx, actor, wanted)
	if err != nil {
		return nil, err
	}
	one, err := h.toldOne(ctx, actor, made)
	return api.AddObjective201JSONResponse(one), err
}

func (h missionHandlers) SetObjective(ctx context.Context, r api.SetObjectiveRequestObject) (api.SetObjectiveResponseObject, error) {
	ctx, actor := caller(ctx)
	wanted, err := objectiveFrom(*r.Body)
	if err != nil {
		return nil, err
	}
	wanted.ID = r.Id
	set, err := h.missions.SetObjective(ctx, actor, wanted)
	if err != nil {
		return nil, err
	}
	one, err := h.toldOne(ctx, actor, set)
	return api.SetObjective200JSONResponse(one), err
}

func (h missionHandlers) DeleteObjective(ctx context.Context, r api.DeleteObjectiveRequestObject) (api.DeleteObjectiveResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.DeleteObjective204Response{}, h.missions.DeleteObjective(ctx, actor, r.Id)
}

func (h missionHandlers) ObserveObjective(ctx context.Context, r api.ObserveObjectiveRequestObject) (api.ObserveObjectiveResponseObject, error) {
	ctx, actor := caller(ctx)
	seen, err := observationFrom(*r.Body)
	if err != nil {
		return nil, err
	}
	p, err := h.missions.Observe(ctx, actor, r.Id, seen, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	one, err := h.toldOne(ctx, actor, p)
	return api.ObserveObjective201JSONResponse(one), err
}

func (h missionHandlers) toldOne(ctx context.Context, a account.Actor, p indicator.Progress) (api.Objective, error) {
	all, err := h.told(ctx, a, p.Territory, []indicator.Progress{p})
	if err != nil {
		return api.Objective{}, err
	}
	return all[0], nil
}

// told is a territory's objectives as the caller may see them: the names of files may be those of people, and are left out, with
// the files, for those who may not read them.
func (h missionHandlers) told(ctx context.Context, a account.Actor, territory string, all []indicator.Progress) ([]api.Objective, error) {
	years, err := h.missions.Years(ctx, a, territory)
	if err != nil {
		return nil, err
	}
	with := surroundings{years: years}
	if with.files, err = h.cited(ctx, a, territory, all); err != nil {
		return nil, err
	}
	var people []string
	for _, p := range all {
		people = append(people, collect(p.Observations, func(o indicator.Observation) string { return o.By })...)
	}
	for _, file := range with.files {
		people = append(people, file.By)
	}
	if with.names, err = h.names.of(ctx, people); err != nil {
		return nil, err
	}
	return each(all, with.objective), nil
}

// cited finds the files that observations cite, by hash.
func (h missionHandlers) cited(ctx context.Context, a account.Actor, territory string, all []indicator.Progress) (map[string]indicator.Evidence, error) {
	var hashes []string
	for _, p := range all {
		for _, o := range p.Observations {
			hashes = append(hashes, o.Evidence...)
		}
	}
	hashes = slices.Compact(slices.Sorted(slices.Values(hashes))) // a file often proves several
	// Without a hash, all files would be asked for.
	if len(hashes) == 0 || !account.Can(a, account.ReadEvidence, account.Target{Territory: territory}) {
		return nil, nil
	}
	found, err := h.missions.EvidenceOf(ctx, a, territory, hashes...)
	files := map[string]indicator.Evidence{}
	for _, e := range found {
		files[e.Hash] = e
	}
	return files, err
}
