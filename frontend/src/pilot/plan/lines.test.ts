import { expect, it } from 'vitest';
import type { Choice, Proposal, Sent, Summary } from './kinds';
import {
  allLines,
  byTier,
  firstOf,
  givenBy,
  gpOf,
  parts,
  holderOf,
  isGiven,
  loserOf,
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
  given: new Map(),
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
});

const plannedIds = (lines: Line[], held: Marks, without?: string) =>
  Object.fromEntries(
    [...plannedFor(lines, held, without)].map(([gp, kept]) => [
      gp,
      kept.map(({ patient }) => patient.request),
    ]),
  );

it('counts places that the plan keeps for others, ticked or not, but not that of the line itself', () => {
  const lines = [line('a', 'gp1'), line('b', 'gp1'), line('c', 'gp2'), line('d', 'gp2', { state: 'closed' })];
  const held = marks({ ticked: new Set(['a']), chosen: new Map([['c', choice('gp3')]]) });
  expect(plannedIds(lines, held)).toEqual({ gp1: ['a', 'b'], gp3: ['c'] });
  expect(plannedIds(lines, held, 'a')).toEqual({ gp1: ['b'], gp3: ['c'] });
});

it('takes nobody’s place while one is free, else that of the last line that nobody looked at', () => {
  const planned = [line('a', 'gp1'), line('b', 'gp1'), line('c', 'gp1')];
  const loser = (left: number, change: Partial<Marks> = {}) =>
    loserOf(planned, left, marks(change))?.patient.request;
  expect(loser(4)).toBeUndefined();
  expect(loser(3)).toBe('c');
  expect(loser(3, { ticked: new Set(['c']) })).toBe('b');
  expect(loser(3, { ticked: new Set(['a', 'b', 'c']), chosen: new Map([['c', choice('gp1')]]) })).toBe('b');
  expect(loserOf(undefined, 0, marks())).toBeUndefined();
});

it('cannot send a line whose place was given to another, until another GP is chosen or the place comes back', () => {
  // Given a GP with one place, which the plan keeps for a patient.
  const lines = [line('kept', 'gp1'), line('taker', 'gp2')];
  // When it is given to another by hand.
  const chosen = new Map([['taker', choice('gp1')]]);
  const given = givenBy(lines, marks({ chosen }), 'taker', choice('gp1'));
  // Then the first cannot be sent there, the other can.
  expect(lines.map((one) => sendable(one, marks({ chosen, given })))).toEqual([false, true]);
  expect(isGiven(lines[0]!, marks({ chosen, given }))).toBe(true);
  // With another GP it can again.
  const elsewhere = new Map([...chosen, ['kept', choice('gp3')] as const]);
  expect(sendable(lines[0]!, marks({ chosen: elsewhere, given }))).toBe(true);
  // And when the taker goes elsewhere, the place comes back.
  const back = givenBy(lines, marks({ given }), 'taker', choice('gp4'));
  expect(sendable(lines[0]!, marks({ chosen: new Map([['taker', choice('gp4')]]), given: back }))).toBe(true);
});

it('says who has the offer: the GP of the request, else the one it was sent to from here', () => {
  const sent = new Map<string, Sent>([
    ['a', { request: 'a', practitioner: 'gp2', offer: 'o1' }],
    ['b', { request: 'b', practitioner: 'gp2', reason: 'attribution.no_place' }],
  ]);
  expect(holderOf(line('a', 'gp1'), marks({ sent }))).toBe('gp2');
  expect(holderOf(line('b', 'gp1'), marks({ sent }))).toBeUndefined();
  expect(holderOf(line('c', 'gp1', { practitioner: 'gp3' }), marks({ sent }))).toBe('gp3');
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
