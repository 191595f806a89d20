import type { Draft, Slot, Wrongs } from './draft';

const slotOf: Record<string, Slot> = {
  'consent.on': 'consentOn',
  'consent.collector': 'collector',
  consent: 'agreed',
  on: 'consentOn',
  birthDate: 'birth',
  birthYear: 'birth',
  patient: 'family',
};

/** Where in the form the service's refusals belong; `rest` are those that name no field of it. */
export function refusals(fields: { name: string; message?: string }[], draft: Draft) {
  const wrongs: Wrongs = {};
  const rest: string[] = [];
  for (const { name, message = '' } of fields) {
    const last = name.split('.').at(-1) ?? '';
    const slot =
      slotOf[name] ?? slotOf[last] ?? (last in draft || last === 'commune' ? (last as Slot) : undefined);
    if (slot) wrongs[slot] ??= message;
    else if (message) rest.push(message);
  }
  return { wrongs, rest };
}
