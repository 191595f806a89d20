import type { Slot } from '../api/types';

/** Minutes that one kilometre weighs against delay, as the server ranks (regulation.Rules.MinutesPerKm). */
const minutesPerKm = 3;

/** What the caller wishes, as far as the order of slots needs it. */
export interface Wishes {
  now: Date;
  /** Minutes after which a slot comes later than wished; 0 for no wish. */
  delayMinutes: number;
  /** Whether the caller's commune is known. */
  located: boolean;
  ownMT: (slot: Slot) => boolean;
}

function score(slot: Slot, { now, delayMinutes: wished }: Wishes): number {
  const delay = slot.rank?.delayMinutes ?? (Date.parse(slot.start) - now.getTime()) / 60_000;
  const late = wished > 0 ? Math.max(0, delay - wished) : 0;
  return delay + (slot.rank?.distanceKm ?? 0) * minutesPerKm + late;
}

/** A téléconsultation is at no distance from anyone. */
const placed = (slot: Slot, { located }: Wishes) =>
  !located || slot.modality === 'teleconsultation' || slot.rank?.distanceKm !== undefined;

/**
 * The ranked answers of several territories as one, by the server's own rule: the patient's médecin
 * traitant first, then by delay and distance, slots at an unknown distance last; ties by start and id.
 * A single answer stays as it came.
 */
export function merged(answers: Slot[][], wishes: Wishes): Slot[] {
  if (answers.length === 1) return answers[0]!;
  return answers
    .flat()
    .map((slot) => ({
      slot,
      own: wishes.ownMT(slot),
      placed: placed(slot, wishes),
      score: score(slot, wishes),
    }))
    .sort(
      (a, b) =>
        Number(b.own) - Number(a.own) ||
        Number(b.placed) - Number(a.placed) ||
        a.score - b.score ||
        Date.parse(a.slot.start) - Date.parse(b.slot.start) ||
        (a.slot.id < b.slot.id ? -1 : 1),
    )
    .map(({ slot }) => slot);
}
