// One slot, in words: why it cannot be taken back, and how the regulation reads it.
import { Problem, wordsOf } from '../api/problem';
import type { Booking, Location, Slot } from '../api/types';
import { m } from '../ui/messages';
import { stateOf } from '../ui/state';
import { spaced } from '../ui/spaces';
import { hour } from '../ui/time';
import { becameOf } from './patient';
import { words } from './words.fr';

/** Why a slot could not be changed; a regulator who holds it is named, with until when. */
export function refusalOf(error: unknown, zone: string): string {
  if (error instanceof Problem && error.heldBy && error.heldUntil) {
    return words.slots.heldBy(error.heldBy, hour(error.heldUntil, zone));
  }
  return wordsOf(error);
}

/**
 * What the badge of a slot says to its doctor, wherever it is shown; undefined where the state's own
 * name says it. One patient in one seat: what became of them says more than the state of the seat.
 */
export function badgeOf(slot: Slot, patients: Booking[], now: Date): string | undefined {
  const state = stateOf(slot, now);
  if (state === 'blocked') return words.slots.blocked;
  if (state === 'lapsed') return words.slots.lapsed;
  const single = patients.length === 1 && slot.seats === 1 ? patients[0] : undefined;
  return single && words.states[becameOf(single, now)];
}

/** The line a regulator reads: "Dr Exemple · Crest · aujourd’hui 14 h 05 · au cabinet". */
export function lineSeen(
  slot: Pick<Slot, 'start' | 'modality' | 'location'>,
  doctor: {
    name: string;
    zone: string;
    locations: Pick<Location, 'id' | 'communeName'>[];
    dayName: (at: string) => string;
  },
): string {
  const commune = doctor.locations.find(({ id }) => id === slot.location)?.communeName;
  const when = `${doctor.dayName(slot.start)} ${hour(slot.start, doctor.zone)}`;
  const remote = slot.modality === 'teleconsultation';
  const how = m.modality[slot.modality].toLocaleLowerCase('fr');
  return spaced([doctor.name, remote ? undefined : commune, when, how].filter(Boolean).join(' · '));
}
