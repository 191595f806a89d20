import { describe, expect, it } from 'vitest';
import type { Commune } from '../../api/types';
import { blank, changeOf, draftOf, reportOf, wrongsIn, type Draft } from './draft';
import type { MTRequest } from './kinds';
import { refusals } from './refusals';

const today = '2026-11-22';
const montgeron: Commune = {
  insee: '91421',
  name: 'Montgeron',
  postalCodes: ['91230'],
  population: 23_000,
  approximate: false,
};

const sound = (change: Partial<Draft> = {}): Draft => ({
  ...blank('Inès Garde', today, 'professional'),
  agreed: true,
  family: 'Fictif',
  birth: '04/09/1952',
  commune: montgeron,
  ...change,
});

const request = (change: Partial<MTRequest> = {}): MTRequest => ({
  id: 'r1',
  revision: 1,
  territory: 't1',
  origin: 'cpam',
  state: 'received',
  tier: 1,
  because: ['ald'],
  tierSet: false,
  criteria: ['ald', 'aged_70'],
  homeVisits: false,
  commune: '91421',
  receivedAt: '2026-11-02T09:00:00Z',
  since: '2026-11-02',
  waitingDays: 20,
  patient: { family: 'Fictif', birthDate: '1952-09-04', phone: '01 99 00 12 34' },
  birthYear: 1952,
  consent: { on: '2026-11-01', collector: 'Inès Garde' },
  medication: 'metformine',
  ...change,
});

describe('a draft', () => {
  it('is sound with consent, a name, a birth and a commune', () =>
    expect(wrongsIn(sound(), today)).toEqual({}));

  it('tells everything that is missing at once, consent first', () =>
    expect(Object.keys(wrongsIn(blank('', '', 'dac'), today))).toEqual([
      'agreed',
      'collector',
      'consentOn',
      'family',
      'birth',
      'commune',
    ]));

  it.each<[Partial<Draft>, keyof Draft]>([
    [{ birth: '31/02/1952' }, 'birth'],
    [{ birth: '2027' }, 'birth'],
    [{ birth: '1879' }, 'birth'],
    [{ phone: 'sur le buffet' }, 'phone'],
    [{ consentOn: '2026-11-23' }, 'consentOn'],
    [{ mtGoneSince: '2027-01-01' }, 'mtGoneSince'],
  ])('is not with %j', (change, slot) => expect(Object.keys(wrongsIn(sound(change), today))).toEqual([slot]));
});

describe('a report', () => {
  it('leaves out what was not said, and since and synthesis for those who are no nurses', () => {
    const report = reportOf(sound({ synthesis: 'x', mtGoneSince: '2026-01-01' }), 't1', false);
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      territory: 't1',
      origin: 'professional',
      patient: { family: 'Fictif', birthDate: '1952-09-04' },
      consent: { on: today, collector: 'Inès Garde' },
      commune: '91421',
      criteria: [],
      homeVisits: false,
    });
  });

  it('sends a year alone as a year', () => {
    const report = reportOf(sound({ birth: '1952' }), 't1', true);
    expect(report.birthYear).toBe(1952);
    expect(report.patient.birthDate).toBeUndefined();
  });
});

describe('a change', () => {
  const before = draftOf(request(), [montgeron]);

  it('is none when nothing differs', () => expect(changeOf(before, { ...before })).toBeUndefined());

  it('never declares the age', () => expect(before.criteria).toEqual(['ald']));

  it('carries what differs only, and empties a text that was taken away', () =>
    expect(changeOf(before, { ...before, medication: '', homeVisits: true })).toEqual({
      medication: '',
      homeVisits: true,
    }));

  it('carries the whole patient when one part differs', () =>
    expect(changeOf(before, { ...before, given: 'Ada' })?.patient).toMatchObject({
      family: 'Fictif',
      given: 'Ada',
      birthDate: '1952-09-04',
    }));

  it('forgets since when the doctor is gone once they are not', () => {
    const gone = draftOf(request({ criteria: ['mt_gone'], mtGoneSince: '2026-05-01' }), [montgeron]);
    expect(changeOf(gone, { ...gone, criteria: [] })).toEqual({ criteria: [], mtGoneSince: '' });
  });

  it('keeps a commune from elsewhere', () =>
    expect(
      changeOf(draftOf(request({ commune: '75112' }), []), draftOf(request({ commune: '75112' }), [])),
    ).toBe(undefined));
});

it('puts refusals at their fields, and says the rest above', () =>
  expect(
    refusals(
      [
        { name: 'consent.on', message: 'a' },
        { name: 'patient.phone', message: 'b' },
        { name: 'birthYear', message: 'c' },
        { name: 'commune', message: 'd' },
        { name: 'territory', message: 'e' },
      ],
      blank('', '', 'dac'),
    ),
  ).toEqual({ wrongs: { consentOn: 'a', phone: 'b', birth: 'c', commune: 'd' }, rest: ['e'] }));
