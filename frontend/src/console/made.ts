// Builders for this folder's tests.
import type { Practitioner, Slot } from '../api/types';

export const noon = new Date('2026-11-23T12:00:00+01:00');

/** A slot of 15 minutes, `minutes` after noon. */
export function slot(id: string, minutes: number, change: Partial<Slot> = {}): Slot {
  const start = noon.getTime() + minutes * 60_000;
  return {
    id,
    practitioner: 'p1',
    location: 'l1',
    start: new Date(start).toISOString(),
    end: new Date(start + 900_000).toISOString(),
    modality: 'cabinet',
    audience: 'regulation',
    seats: 1,
    free: 1,
    held: [],
    booked: 0,
    withdrawn: false,
    ...change,
  };
}

/** A commune on a meridian, `km` north of the origin. */
export function commune(insee: string, km: number) {
  return {
    insee,
    name: insee,
    postalCodes: [],
    population: 1,
    lat: 48 + km / 111.195,
    lon: 2,
    approximate: false,
  };
}

/** A practitioner working `km` north of the origin, in the commune `insee`. */
export function practitioner(
  id: string,
  km?: number,
  change: Partial<Practitioner> = {},
  insee = `i-${id}`,
): Practitioner {
  const at = km === undefined ? {} : { lat: 48 + km / 111.195, lon: 2 };
  const location = { id: `l-${id}`, name: id, commune: insee, communeName: insee, approximate: false, ...at };
  return { id, name: `Dr ${id}`, family: id, rpps: `rpps-${id}`, locations: [location], ...change };
}
