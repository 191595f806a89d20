import { expect, it } from 'vitest';
import { spaced } from '../ui/spaces';
import { lineSeen } from './slot';

const doctor = {
  name: 'Dr Anne Exemple',
  zone: 'Europe/Paris',
  locations: [{ id: 'l1', communeName: 'Crest' }],
  dayName: () => 'aujourd’hui',
};
const slot = { start: '2026-11-23T14:05:00+01:00', location: 'l1' };

it.each([
  ['cabinet', 'Dr Anne Exemple · Crest · aujourd’hui 14 h 05 · au cabinet'],
  ['visite', 'Dr Anne Exemple · Crest · aujourd’hui 14 h 05 · visite'],
  ['teleconsultation', 'Dr Anne Exemple · aujourd’hui 14 h 05 · téléconsultation'],
] as const)('a regulator reads of a slot (%s): %s', (modality, want) =>
  expect(lineSeen({ ...slot, modality }, doctor)).toBe(spaced(want)),
);
