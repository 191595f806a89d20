import { expect, it } from 'vitest';
import type { Contract, Schedule } from '../money/kinds';
import { cellOf, contractOf, differences, draftOf, placeOf, wrongsIn, type Draft } from './draft';

const schedule: Schedule = {
  code: 'aci-2019',
  name: 'ACI CPTS 2019',
  source: '',
  years: 5,
  totals: [],
  lines: [
    {
      code: 'fonctionnement',
      label: 'Fonctionnement',
      kind: 'operating',
      amounts: ['50000.00', '', '75000.00', ''],
    },
    { code: 'acces', label: 'Accès aux soins', kind: 'mission', amounts: ['75000.00', '', '', ''] },
    { code: 'crise', label: 'Crise', kind: 'mission', amounts: ['', '', '', ''] },
  ],
};
const today = '2026-12-01';
const contract: Contract = {
  territory: 't1',
  schedule: 'aci-2019',
  signed: '2026-01-15',
  taille: 3,
  starts: [{ mission: 'acces', on: '2026-07-15', deployed: '2026-11-02' }],
  amounts: [{ code: 'crise', amount: '37500.00' }],
  schemes: ['national-snp'],
  siren: '123456789',
  revision: 4,
};
const draft = (said: Partial<Draft> = {}): Draft => ({
  ...draftOf({ contract, schedules: [schedule] }),
  ...said,
});

it('sends back what it read', () => expect(contractOf(draft(), 't1', schedule, 4)).toEqual(contract));

it('starts an empty form with the first schedule', () =>
  expect(draftOf({ schedules: [schedule] })).toMatchObject({
    schedule: 'aci-2019',
    signed: '',
    amounts: {},
  }));

it('leaves out what was emptied', () => {
  const sent = contractOf(
    draft({ starts: { acces: '' }, amounts: { crise: ' ' }, siren: '' }),
    't1',
    schedule,
  );
  expect(sent).toMatchObject({ starts: [], amounts: [], siren: undefined, revision: 0 });
});

it('takes a SIREN with its spaces', () => {
  const spaced = draft({ siren: '123 456 789' });
  expect(wrongsIn(spaced, schedule, today)).toEqual({});
  expect(contractOf(spaced, 't1', schedule).siren).toBe('123456789');
});

it('says what is wrong at each field', () =>
  expect(
    Object.keys(
      wrongsIn(
        draft({
          siren: '12',
          starts: { acces: '2026-01-14', crise: '2031-01-15' },
          amounts: { crise: '37.500' },
        }),
        schedule,
        today,
      ),
    ).sort(),
  ).toEqual(['amount crise', 'siren', 'start acces', 'start crise']));

it.each<[string, Partial<Draft>, Record<string, string>]>([
  ['the day it starts', { deployed: { acces: '2026-07-15' } }, {}],
  ['today', { deployed: { acces: today } }, {}],
  ['no day', { deployed: { acces: '' } }, {}],
  [
    'before it starts',
    { deployed: { acces: '2026-07-14' } },
    { 'deployed acces': 'Une mission n’est pas déployée avant son début.' },
  ],
  ['tomorrow', { deployed: { acces: '2026-12-02' } }, { 'deployed acces': 'Ce jour n’est pas encore venu.' }],
  [
    'after the contract',
    { deployed: { acces: '2031-01-15' } },
    { 'deployed acces': 'Le contrat se termine le 15 janvier 2031.' },
  ],
  [
    'though it did not start',
    { deployed: { crise: '2026-11-02' } },
    { 'start crise': 'Indiquez aussi le jour du début.' },
  ],
])('takes a full deployment on %s, or says what is wrong', (_, said, wrongs) =>
  expect(wrongsIn(draft(said), schedule, today)).toEqual(wrongs),
);

it('asks for the day of signature', () =>
  expect(wrongsIn(draft({ signed: '' }), undefined, today)).toMatchObject({
    signed: 'Indiquez le jour de la signature.',
    schedule: 'Choisissez un barème.',
  }));

it('reads a cell of the schedule, and that one is empty', () => {
  expect(cellOf(schedule.lines[0]!, 3)).toBe(7_500_000);
  expect(cellOf(schedule.lines[2]!, 3)).toBeUndefined();
});

it('tells two versions apart in words, not by how an amount was typed', () =>
  expect(
    differences(
      draft({ taille: 4, amounts: { crise: '37 500', acces: '1' } }),
      draft({ starts: {}, deployed: {} }),
      schedule,
    ).map((one) => one.replace(/\s/g, ' ')),
  ).toEqual([
    'la taille',
    'le début de « Accès aux soins »',
    'le déploiement de « Accès aux soins »',
    'le montant de « Accès aux soins »',
  ]));

it('puts refusals of the service at their fields', () =>
  expect(
    placeOf(
      [
        { name: 'signed', message: 'Trop tôt.' },
        { name: 'starts[0].on', message: 'Avant la signature.' },
        { name: 'starts[0].deployed', message: 'Pas encore.' },
        { name: 'amounts.crise', message: 'Trop.' },
        { name: 'revision', message: 'Autre chose.' },
      ],
      draft(),
    ),
  ).toEqual({
    wrongs: {
      signed: 'Trop tôt.',
      'start acces': 'Avant la signature.',
      'deployed acces': 'Pas encore.',
      'amount crise': 'Trop.',
    },
    rest: ['Autre chose.'],
  }));
