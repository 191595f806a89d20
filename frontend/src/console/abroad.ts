import type { Slot, Territory } from '../api/types';

/** Kilometres beyond which the nearest slot is worth a word: hardly anyone is sent that far. */
const farFrom = 50;

/** What is unusual about a caller's commune: on no territory shown, far from every free slot. */
export interface Abroad {
  outside: boolean;
  /** Kilometres to the nearest free slot, when that is far. */
  farKm?: number;
}

/** Looks at a caller's commune against the territories shown and the slots found for it. */
export function abroadOf(territories: Pick<Territory, 'communes'>[], found: Slot[], insee: string): Abroad {
  const outside = !territories.some(({ communes }) => communes.some((one) => one.insee === insee));
  const distances = found.flatMap(({ modality, rank }) =>
    modality === 'teleconsultation' ? [] : (rank?.distanceKm ?? []),
  );
  const nearest = Math.min(...distances);
  return { outside, ...(distances.length > 0 && nearest > farFrom && { farKm: nearest }) };
}
