import type { Commune, Location, Practitioner } from '../api/types';

/** What is known of who calls, as far as the order of the board needs it. */
export interface Caller {
  commune?: Pick<Commune, 'insee' | 'lat' | 'lon' | 'approximate'>;
  /** RPPS of the patient's own médecin traitant. */
  mtRpps?: string;
}

/** How near a practitioner is to the caller; `km` is missing when no distance is known. */
export interface Nearness {
  ownMT: boolean;
  km?: number;
  approximate: boolean;
}

type Place = { lat?: number; lon?: number };

const earthRadius = 6371.0088; // km, the mean radius the server uses too

/** Great-circle distance in km (à vol d'oiseau), undefined when a point is missing. */
export function kmBetween(a: Place, b: Place): number | undefined {
  if (a.lat === undefined || a.lon === undefined || b.lat === undefined || b.lon === undefined)
    return undefined;
  const rad = Math.PI / 180;
  const north = Math.sin(((b.lat - a.lat) * rad) / 2);
  const east = Math.sin(((b.lon - a.lon) * rad) / 2);
  const h = north ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * east ** 2;
  return 2 * earthRadius * Math.asin(Math.sqrt(Math.min(1, h)));
}

function toLocation(location: Location, commune: NonNullable<Caller['commune']>): Omit<Nearness, 'ownMT'> {
  if (location.commune === commune.insee) return { km: 0, approximate: false };
  return { km: kmBetween(commune, location), approximate: commune.approximate || location.approximate };
}

/** How near one practitioner is, by the nearest of their locations. */
export function nearnessOf(practitioner: Practitioner, caller: Caller): Nearness {
  const ownMT = caller.mtRpps !== undefined && practitioner.rpps === caller.mtRpps;
  const commune = caller.commune;
  if (!commune) return { ownMT, approximate: false };
  const [nearest] = practitioner.locations
    .map((location) => toLocation(location, commune))
    .sort((a, b) => (a.km ?? Infinity) - (b.km ?? Infinity));
  return { ownMT, approximate: false, ...nearest };
}
