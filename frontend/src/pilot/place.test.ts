import { expect, it } from 'vitest';
import type { Role } from '../api/types';
import { groupsOf, read, sectionsOf, write, type Place } from './place';

const figures = sectionsOf(['coordinator']);

it.each<[string, Place]>([
  ['#remplissage', { section: 'remplissage', preset: 'season' }],
  ['#couverture?periode=semaine', { section: 'couverture', preset: 'week' }],
  ['#appels?periode=mois', { section: 'appels', preset: 'month' }],
  [
    '#demandes?du=2026-11-01&au=2026-11-15',
    { section: 'demandes', preset: 'own', own: { from: '2026-11-01', to: '2026-11-15' } },
  ],
  ['#demandes-mt', { section: 'demandes-mt', preset: 'season' }],
  ['#demandes-mt?dossier=0193-ab_c', { section: 'demandes-mt', preset: 'season', dossier: '0193-ab_c' }],
  ['#demandes-mt?vue=import', { section: 'demandes-mt', preset: 'season', view: 'import' }],
  ['#suivi-mt?periode=mois', { section: 'suivi-mt', preset: 'month' }],
  ['#contrat', { section: 'contrat', preset: 'season' }],
  [
    '#livre?exercice=2026&enveloppe=snp_orientation',
    {
      section: 'livre',
      preset: 'season',
      filter: { exercice: '2026', enveloppe: 'snp_orientation' },
    },
  ],
])('%s is a place and its address', (hash, place) => {
  expect(read(hash)).toEqual(place);
  expect(write(place)).toBe(hash);
});

it.each([
  ['', 'ensemble'],
  ['#', 'ensemble'],
  ['#heures?du=2026-11-15&au=2026-11-01', 'heures'],
])('%j opens %s over the season', (hash, section) =>
  expect(read(hash, figures)).toEqual({ section, preset: 'season' }),
);

it('leaves the addresses of others alone', () => expect(read('#content')).toBeUndefined());

it.each(['#demandes-mt?dossier=../me', '#demandes-mt?vue=autre', '#demandes-mt?periode=mois'])(
  'opens nothing but the list for %s',
  (hash) => expect(write(read(hash)!)).toBe('#demandes-mt'),
);

it.each<[Role[], string, string]>([
  [['triage_nurse'], 'demandes-mt', 'ensemble'],
  [['coordinator'], 'ensemble', 'demandes-mt'],
  [['professional'], 'signaler', 'suivi-mt'],
  [['treasurer'], 'contrat', 'demandes-mt'],
  [['observer', 'coordinator'], 'ensemble', 'signaler'],
  [['gp'], 'signaler', 'livre'],
])('%s starts at %s and does not see %s', (roles, start, unseen) => {
  const shown = sectionsOf(roles);
  expect(read('', shown)?.section).toBe(start);
  expect(read(`#${unseen}`, shown)).toBeUndefined();
});

it('gives someone with two roles the sections of both, each once', () =>
  expect(sectionsOf(['coordinator', 'triage_nurse']).filter((one) => one === 'suivi-mt')).toHaveLength(1));

it.each(['#livre?journal=<b>', '#livre?du=2026-01-01', '#livre?enveloppe='])(
  'leaves out of %s what a section does not ask for',
  (hash) => expect(write(read(hash)!)).toBe('#livre'),
);

it('puts many sections under headings, the group of the first one first', () => {
  const groups = groupsOf(sectionsOf(['treasurer']));
  expect(groups.map(({ group }) => group)).toEqual(['contract', 'funding', 'activity', 'mt']);
  expect(groups.flatMap(({ sections }) => sections).toSorted()).toEqual(sectionsOf(['treasurer']).toSorted());
});

it('puts few sections in one strip', () =>
  expect(groupsOf(sectionsOf(['gp']))).toEqual([{ sections: ['signaler', 'attestations'] }]));
