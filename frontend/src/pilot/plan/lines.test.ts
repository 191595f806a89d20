import { expect, it } from 'vitest';
import type { Choice, Proposal, Sent, Summary } from './kinds';
import {
  allLines,
  byTier,
  firstOf,
  gpOf,
  parts,
  plannedFor,
  sendable,
  stillTicked,
  toSend,
  type Line,
  type Marks,
} from './lines';

const patient = (request: string, change: Partial<Summary> = {}): Summary => ({
  request,
  state: 'qualified',
  tier: 1,
  because: ['ald'],
  criteria: ['ald'],
  age: 71,
  commune: '77445',
  homeVisits: false,
  since: '2026-10-01',
  waitingDays: 52,
  ...change,
});
const proposal = (request: string, practitioner: string, change: Partial<Summary> = {}): Proposal => ({
  patient: patient(request, change),
  practitioner,
  metres: 4200,
  unlocated: false,
  known: false,
  nearerFull: 0,
});
const line = (request: string, practitioner?: string, change: Partial<Summary> = {}): Line => ({
  patient: patient(request, change),
  proposal: practitioner ? proposal(request, practitioner, change) : undefined,
});
const marks = (change: Partial<Marks> = {}): Marks => ({
  ticked: new Set(),
  chosen: new Map(),
  sent: new Map(),
  ...change,
});
const choice = (practitioner: string): Choice => ({
  practitioner,
  metres: 9000,
  unlocated: false,
  known: false,
  left: 1,
});

it('groups lines by tier and keeps their order', () => {
  const groups = byTier({
    served: [proposal('a', 'gp1'), proposal('b', 'gp2', { tier: 2 }), proposal('c', 'gp1')],
    unserved: [{ patient: patient('d', { tier: 3 }), hurdles: [] }],
  });
  const told = groups.map(({ tier, served, unserved }) => [
    tier,
    served.map(({ patient }) => patient.request),
    unserved.map(({ patient }) => patient.request),
  ]);
  expect(told).toEqual([
    [1, ['a', 'c'], []],
    [2, ['b'], []],
    [3, [], ['d']],
  ]);
});

it.each([
  ['a line of the plan', line('a', 'gp1'), marks(), true],
  ['one that waits again', line('a', 'gp1', { state: 'waiting' }), marks(), true],
  ['one offered since', line('a', 'gp1', { state: 'proposed' }), marks(), false],
  ['one closed since', line('a', 'gp1', { state: 'closed' }), marks(), false],
  ['one without a GP', line('a'), marks(), false],
  ['one given a GP by hand', line('a'), marks({ chosen: new Map([['a', choice('gp9')]]) }), true],
  [
    'one sent from here',
    line('a', 'gp1'),
    marks({ sent: new Map<string, Sent>([['a', { request: 'a', practitioner: 'gp1', offer: 'o1' }]]) }),
    false,
  ],
  [
    'one that was refused',
    line('a', 'gp1'),
    marks({
      sent: new Map<string, Sent>([
        ['a', { request: 'a', practitioner: 'gp1', reason: 'attribution.no_place' }],
      ]),
    }),
    true,
  ],
])('can or cannot send %s', (_, one, held, want) => expect(sendable(one, held)).toBe(want));

it('sends what is ticked to the GP chosen by hand, else to that of the plan', () => {
  const lines = [line('a', 'gp1'), line('b', 'gp1'), line('c', 'gp2'), line('d', 'gp2', { state: 'closed' })];
  const held = marks({ ticked: new Set(['a', 'b', 'd']), chosen: new Map([['b', choice('gp3')]]) });
  expect(gpOf(lines[1]!, held)).toBe('gp3');
  expect(toSend(lines, held)).toEqual([
    { request: 'a', practitioner: 'gp1' },
    { request: 'b', practitioner: 'gp3' },
  ]);
  expect(plannedFor(lines, held)).toEqual(
    new Map([
      ['gp1', 1],
      ['gp3', 1],
    ]),
  );
});

it('cuts a long sending in parts', () => {
  expect(parts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(parts([])).toEqual([]);
});

it('draws the first lines first, tier by tier', () => {
  const groups = byTier({
    served: [proposal('a', 'gp1'), proposal('b', 'gp2'), proposal('c', 'gp1', { tier: 2 })],
    unserved: [{ patient: patient('d'), hurdles: [] }],
  });
  const drawn = (most: number) => allLines(firstOf(groups, most)).map(({ patient }) => patient.request);
  expect(drawn(1)).toEqual(['a']);
  expect(drawn(3)).toEqual(['a', 'b', 'd']);
  expect(drawn(9)).toEqual(['a', 'b', 'd', 'c']);
});

it('keeps a tick in a new plan only where it says the same', () => {
  const before = [line('a', 'gp1'), line('b', 'gp1'), line('c', 'gp1'), line('d'), line('e', 'gp1')];
  const after = [
    line('a', 'gp1'),
    line('b', 'gp2'),
    line('c', 'gp1', { state: 'proposed' }),
    line('d', 'gp4'),
  ];
  const held = marks({
    ticked: new Set(['a', 'b', 'c', 'd', 'e']),
    chosen: new Map([['d', choice('gp9')]]),
  });
  expect(stillTicked(before, after, held)).toEqual(['a', 'd']);
});
