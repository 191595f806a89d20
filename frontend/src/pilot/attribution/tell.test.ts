import { describe, expect, it } from 'vitest';
import { birthOf, birthText } from './birth';
import { fits, groupOf, perTier, queryOf } from './filter';
import { actionsOf } from './steps';
import { becauseOf, dateOf, farOf, nameOf, suggestion, waitOf } from './tell';
import { told } from './told';
import type { MTRequest, MTState } from './kinds';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a birth', () => {
  it.each([
    ['04/09/1952', { date: '1952-09-04' }],
    ['4.9.1952', { date: '1952-09-04' }],
    ['04091952', { date: '1952-09-04' }],
    ['1952-09-04', { date: '1952-09-04' }],
    [' 1952 ', { year: 1952 }],
  ])('%j', (typed, birth) => expect(birthOf(typed)).toEqual(birth));
  it.each(['', '52', '31/02/1952', 'hier', '12 mars 1950', '1950-02-31'])('is not %j', (typed) =>
    expect(birthOf(typed)).toBeUndefined(),
  );
  it('reads back', () => expect(birthText({ date: '1952-09-04', year: 1952 })).toBe('04/09/1952'));
});

describe('a request in words', () => {
  it('is named, or said to have no name', () => {
    expect(nameOf({ patient: { family: 'Fictif', given: 'Ada' } })).toBe('Ada FICTIF');
    expect(nameOf({ erased: true })).toBe('Identité effacée');
  });
  it('says why it comes first', () => {
    expect(becauseOf({ because: ['ald', 'aged_70'], tierSet: false })).toBe('ALD, 70 ans et plus');
    expect(becauseOf({ because: [], tierSet: true })).toBe('fixée par l’infirmière');
    expect(becauseOf({ because: [], tierSet: false })).toBe('aucun critère prioritaire');
  });
  it('says how long it waits, or took', () => {
    expect(waitOf({ state: 'waiting', waitingDays: 1 })).toBe('attend depuis 1 jour');
    expect(waitOf({ state: 'received', waitingDays: 0 })).toBe('arrivée aujourd’hui');
    expect(waitOf({ state: 'attached', waitingDays: 32 })).toBe('en 32 jours');
  });
  it('says days and distances', () => {
    expect(dateOf('2026-11-01')).toBe('1er novembre 2026');
    expect(farOf({ metres: 3400, unlocated: false })).toBe('à 3 km à vol d’oiseau');
    expect(farOf({ metres: 0, unlocated: true })).toBe('distance inconnue');
  });
  it('is suggested to GPs without a name', () => {
    const request = {
      age: 74,
      criteria: ['ald'],
      homeVisits: true,
      chronicDisease: 'diabète de type 2.',
      patient: { family: 'Fictif' },
    } as MTRequest;
    request.medication = 'Aucun';
    expect(suggestion(request, 'Montgeron')).toBe('74 ans, Montgeron. ALD, à domicile. Diabète de type 2.');
  });
});

describe('history', () => {
  it.each([
    ['tier_set', '2', '', 'Priorité fixée : priorité 2'],
    ['tier_set', '0', '', 'Priorité rendue à la règle'],
    ['offered', '', 'Dr Ada Martin', 'Proposée à Dr Ada Martin'],
    ['declined', 'distance', 'Dr Ada Martin', 'Refusée par Dr Ada Martin : trop loin'],
    ['closed', 'moved', '', 'Close : a déménagé'],
    ['closed', 'toString', '', 'Close'],
    ['attached', '2026-11-22', '', 'Rattaché le 22 novembre 2026'],
    ['expired', 'x', '', 'Proposition expirée sans réponse'],
  ] as const)('%s %s', (kind, detail, gp, want) => expect(plain(told({ kind, detail }, gp))).toBe(want));
});

describe('the list', () => {
  it.each<[MTState, string]>([
    ['received', 'received'],
    ['qualified', 'waiting'],
    ['waiting', 'waiting'],
    ['attached', 'ended'],
    ['closed', 'ended'],
  ])('keeps %s under %s', (state, group) => expect(groupOf(state)).toBe(group));

  it('asks for the states of its group and leaves out what is not chosen', () =>
    expect(queryOf('t1', { group: 'waiting', tier: 0, commune: '' })).toEqual({
      territory: 't1',
      state: ['qualified', 'waiting'],
      limit: 100,
    }));

  it('lets a request go that a step moved on', () => {
    const filter = { group: 'received', tier: 0, commune: '' } as const;
    expect(fits({ state: 'received', tier: 1, commune: '91421' }, filter)).toBe(true);
    expect(fits({ state: 'qualified', tier: 1, commune: '91421' }, filter)).toBe(false);
    expect(fits({ state: 'received', tier: 2, commune: '91421' }, { ...filter, tier: 1 })).toBe(false);
  });

  it('counts by tier, the first one first', () =>
    expect(perTier([{ tier: 2 }, { tier: 1 }, { tier: 2 }])).toEqual([
      [1, 1],
      [2, 2],
    ]));
});

describe('what can be done', () => {
  it.each<[MTState, string]>([
    ['received', 'qualified'],
    ['qualified', 'propose'],
    ['waiting', 'propose'],
    ['proposed', 'answer'],
    ['accepted', 'attached'],
  ])('%s calls for %s', (state, primary) => expect(actionsOf({ state }).primary).toBe(primary));

  it.each<MTState>(['attached', 'closed'])('%s calls for nothing and can be reopened', (state) => {
    expect(actionsOf({ state }).primary).toBeUndefined();
    expect(actionsOf({ state }).near).toContain('reopened');
  });

  it('is nothing once the identity is erased', () =>
    expect(actionsOf({ state: 'closed', erased: true })).toEqual({ near: [], more: [] }));

  it('is merging only when there is something to merge', () => {
    expect(actionsOf({ state: 'received' }).more).not.toContain('merged');
    expect(actionsOf({ state: 'received', duplicates: ['r2'] }).more).toContain('merged');
  });
});
