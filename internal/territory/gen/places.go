package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// place is a line of the GeoNames file cities500.txt.
type place struct {
	id         int
	name       string
	lat, lon   float64
	feature    string
	population int
}

// french are the country codes that GeoNames gives to France and its overseas territories.
var french = []string{"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF"}

// placesByCode groups the French places by the INSEE code in admin4, the fourteenth column.
func placesByCode(cities []byte) (map[string][]place, error) {
	places := map[string][]place{}
	lines := bufio.NewScanner(bytes.NewReader(cities))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		columns := strings.Split(lines.Text(), "\t")
		if len(columns) < 15 || columns[13] == "" || !slices.Contains(french, columns[8]) {
			continue
		}
		p, err := parsePlace(columns)
		if err != nil {
			return nil, fmt.Errorf("cities: %w", err)
		}
		places[columns[13]] = append(places[columns[13]], p)
	}
	return places, lines.Err()
}

func parsePlace(columns []string) (place, error) {
	id, err := strconv.Atoi(columns[0])
	if err != nil {
		return place{}, err
	}
	lat, err := strconv.ParseFloat(columns[4], 64)
	if err != nil {
		return place{}, err
	}
	lon, err := strconv.ParseFloat(columns[5], 64)
	if err != nil {
		return place{}, err
	}
	population, err := strconv.Atoi(columns[14])
	return place{id, columns[1], lat, lon, columns[7], population}, err
}

// best chooses among several places of one commune: the one of the same name, then a seat of administration
// before a quarter, then the most populated, then the oldest record.
func best(commune string, candidates []place) place {
	return slices.MinFunc(candidates, func(a, b place) int {
		return cmp.Or(
			-compareBool(a.name == commune, b.name == commune),
			cmp.Compare(order(a.feature), order(b.feature)),
			cmp.Compare(b.population, a.population),
			cmp.Compare(a.id, b.id),
		)
	})
}

// order ranks GeoNames feature codes: capital, seats of administration, other towns, quarters and hamlets.
func order(feature string) int {
	ranks := []string{"PPLC", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPL"}
	if i := slices.Index(ranks, feature); i >= 0 {
		return i
	}
	return len(ranks)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
