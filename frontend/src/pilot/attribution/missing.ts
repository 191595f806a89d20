import type { Draft, Slot } from './draft';

/** What a nurse asks for when she qualifies, in the order of a call. */
const asked = ['phone', 'chronicDisease', 'medication'] as const satisfies Slot[];
export type Asked = (typeof asked)[number] | 'criteria';

/**
 * What was not told: without chronic disease and medication priorities go wrong; without any criterion
 * it is asked once more.
 */
export function missingIn(draft: Draft): Asked[] {
  const missing: Asked[] = asked.filter((slot) => !draft[slot].trim());
  return draft.criteria.length === 0 ? ['criteria', ...missing] : missing;
}
