package territory

import (
	"cmp"
	"math"
)

// earthRadius is the mean radius of the Earth in km (IUGG).
const earthRadius = 6371.0088

// Distance is how far apart two communes are, à vol d'oiseau: the great circle between their points. The zero
// Distance is that of a commune to itself.
type Distance struct {
	Km          float64
	Approximate bool // a point was borrowed from a neighbouring commune
	Unknown     bool // a point is missing: Km says nothing
}

// Between returns the distance between two communes.
func Between(a, b Commune) Distance {
	switch {
	case a.INSEE == b.INSEE:
		return Distance{}
	case a.Located == Unlocated || b.Located == Unlocated:
		return Distance{Unknown: true}
	}
	return Distance{
		Km:          greatCircle(a.Lat, a.Lon, b.Lat, b.Lon),
		Approximate: a.Located == Approximate || b.Located == Approximate,
	}
}

// Compare orders distances from near to far, unknown ones last.
func (d Distance) Compare(other Distance) int {
	switch {
	case d.Unknown && other.Unknown:
		return 0
	case d.Unknown:
		return 1
	case other.Unknown:
		return -1
	}
	return cmp.Compare(d.Km, other.Km)
}

// greatCircle is the haversine formula, in km, for points in degrees.
func greatCircle(lat1, lon1, lat2, lon2 float64) float64 {
	const radians = math.Pi / 180
	north := math.Sin((lat2 - lat1) * radians / 2)
	east := math.Sin((lon2 - lon1) * radians / 2)
	h := north*north + math.Cos(lat1*radians)*math.Cos(lat2*radians)*east*east
	return 2 * earthRadius * math.Asin(math.Sqrt(min(1, h)))
}
