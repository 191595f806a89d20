// One slot, in words: why it cannot be taken back, and how the regulation reads it.
import { Problem, wordsOf } from '../api/problem';
import type { Location, Slot } from '../api/types';
import { m } from '../ui/messages';
import { spaced } from '../ui/spaces';
import { hour } from '../ui/time';
import { words } from './words.fr';

/** Why a slot could not be changed; a regulator who holds it is named, with until when. */
export function refusalOf(error: unknown, zone: string): string {
  if (error instanceof Problem && error.heldBy && error.heldUntil) {
    return words.slots.heldBy(error.heldBy, hour(error.heldUntil, zone));
  }
  return wordsOf(error);
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
