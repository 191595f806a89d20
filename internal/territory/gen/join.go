package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

// entry is a line of communes.json: a commune, or a part of one that kept its code.
type entry struct {
	Code       string   `json:"code"`
	Name       string   `json:"nom"`
	Type       string   `json:"type"`
	ChefLieu   string   `json:"chefLieu"` // of a commune déléguée or associée: the commune it belongs to
	Commune    string   `json:"commune"`  // of an arrondissement municipal: Paris, Lyon or Marseille
	Postal     []string `json:"codesPostaux"`
	Population int      `json:"population"`
}

// row is a line of the table. How is "=" for a point of the commune itself, "~" for a borrowed one, "" for none.
type row struct {
	entry
	lat, lon float64
	how      string
}

// String gives the columns: code, name, postal codes, population, latitude and longitude in 1/10,000 of a
// degree, how, and for an arrondissement municipal the commune it is part of.
func (r row) String() string {
	lat, lon := "", ""
	if r.how != "" {
		lat, lon = tenThousandths(r.lat), tenThousandths(r.lon)
	}
	return strings.Join([]string{
		r.Code, r.Name, strings.Join(r.Postal, ","), fmt.Sprint(r.Population), lat, lon, r.how, r.Commune,
	}, "\t")
}

func tenThousandths(degrees float64) string { return fmt.Sprint(int(math.Round(degrees * 10_000))) }

// join gives every commune and every arrondissement municipal, in order of INSEE code. A commune takes
//  1. the point of the place that bears its code, or else the code of one of its communes déléguées or associées;
//  2. or else the point of the most populated commune that shares a postal code (marked as borrowed);
//  3. or else none.
//
// An arrondissement borrows the point of its commune: the places file does not tell them apart.
func join(communes, cities []byte) ([]row, error) {
	var entries []entry
	if err := json.Unmarshal(communes, &entries); err != nil {
		return nil, fmt.Errorf("communes: %w", err)
	}
	places, err := placesByCode(cities)
	if err != nil {
		return nil, err
	}
	rows := locate(entries, places)
	borrow(rows)
	rows = append(rows, arrondissements(entries, rows)...)
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.Code, b.Code) })
	return rows, nil
}

func locate(entries []entry, places map[string][]place) []row {
	parts := map[string][]place{}
	for _, e := range entries {
		if e.ChefLieu != "" && e.ChefLieu != e.Code {
			parts[e.ChefLieu] = append(parts[e.ChefLieu], places[e.Code]...)
		}
	}
	var rows []row
	for _, e := range entries {
		if e.Type != "commune-actuelle" {
			continue
		}
		r := row{entry: e}
		candidates := places[e.Code]
		if len(candidates) == 0 {
			candidates = parts[e.Code]
		}
		if len(candidates) > 0 {
			p := best(e.Name, candidates)
			r.lat, r.lon, r.how = p.lat, p.lon, "="
		}
		rows = append(rows, r)
	}
	return rows
}

func borrow(rows []row) {
	lender := map[string]int{} // postal code to the row of its most populated located commune
	for i, r := range rows {
		if r.how != "=" {
			continue
		}
		for _, code := range r.Postal {
			if j, ok := lender[code]; !ok || rows[j].Population < r.Population {
				lender[code] = i
			}
		}
	}
	for i := range rows {
		if rows[i].how != "" {
			continue
		}
		for _, code := range rows[i].Postal {
			if j, ok := lender[code]; ok {
				rows[i].lat, rows[i].lon, rows[i].how = rows[j].lat, rows[j].lon, "~"
				break
			}
		}
	}
}

func arrondissements(entries []entry, communes []row) []row {
	var rows []row
	for _, e := range entries {
		if e.Type != "arrondissement-municipal" {
			continue
		}
		whole := slices.IndexFunc(communes, func(r row) bool { return r.Code == e.Commune })
		rows = append(rows, row{entry: e, lat: communes[whole].lat, lon: communes[whole].lon, how: "~"})
	}
	return rows
}

// count words how many rows there are of each sort, for the figures of the package's documentation.
func count(rows []row) string {
	sorts := map[string]int{}
	for _, r := range rows {
		if r.Commune != "" {
			sorts["arrondissement"]++
			continue
		}
		sorts[r.how]++
	}
	return fmt.Sprintf("%d communes: %d with a point, %d with a borrowed one, %d without; %d arrondissements",
		len(rows)-sorts["arrondissement"], sorts["="], sorts["~"], sorts[""], sorts["arrondissement"])
}
