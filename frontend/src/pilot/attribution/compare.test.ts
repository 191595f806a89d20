import { expect, it } from 'vitest';
import { precedes } from './compare';
import { communeOf, isOutside, placeOf } from './communes';
import type { MTState } from './kinds';
import type { Territory } from '../../api/types';

const request = (state: MTState, since = '2026-11-02', receivedAt = '2026-11-02T09:00:00Z') => ({
  state,
  since,
  receivedAt,
});

it.each<[MTState, MTState]>([
  ['accepted', 'proposed'],
  ['proposed', 'waiting'],
  ['proposed', 'qualified'],
  ['waiting', 'received'],
  ['qualified', 'received'],
])('of duplicates, the one that is %s stays rather than the one that is %s', (far, near) => {
  const older = '2026-01-01';
  expect(precedes(request(far), request(near, older))).toBe(true);
  expect(precedes(request(near, older), request(far))).toBe(false);
});

it('keeps the older of two that have come as far', () => {
  expect(precedes(request('qualified'), request('waiting', '2026-11-03'))).toBe(true);
  expect(precedes(request('waiting', '2026-11-03'), request('qualified'))).toBe(false);
  const later = request('received', '2026-11-02', '2026-11-02T10:00:00Z');
  expect(precedes(later, request('received'))).toBe(false);
});

it('says that a commune is outside the territory, by its name', () => {
  const territory = { communes: [{ insee: '91421', name: 'Montgeron' }] } as Territory;
  expect(isOutside('13055', territory)).toBe(true);
  expect(placeOf({ commune: '13055', communeName: 'Marseille' }, territory)).toBe(
    'Marseille (hors du territoire)',
  );
  expect(placeOf({ commune: '91421', communeName: 'Montgeron' }, territory)).toBe('Montgeron');
  expect(communeOf({ commune: '13055' })).toBe('13055');
});
