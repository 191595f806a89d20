import { expect, it } from 'vitest';
import { objective } from './objective.build';
import {
  achievedIn,
  aimInWords,
  byMission,
  linesOf,
  missionName,
  pictureInWords,
  runningYear,
  seenInWords,
  sourceOf,
  yearColumns,
} from './objectives';

const nbsp = /[\u00a0\u202f]/g;
const plain = (text: string) => text.replace(nbsp, ' ');

it('tells the way in words, from the start over the running year to the end', () => {
  expect(plain(aimInWords(objective(), 2))).toBe(
    'Doit baisser : de 5 280 au départ à 4 500 en N+2, puis 2 500 en N+5.',
  );
  expect(plain(aimInWords(objective(), 5))).toBe('Doit baisser : de 5 280 au départ à 2 500 en N+5.');
  expect(plain(aimInWords(objective()))).toBe(
    'Doit baisser : de 5 280 au départ à 5 000 en N+1, puis 2 500 en N+5.',
  );
});

it('says that an objective is only followed', () => {
  const targets = Array.from({ length: 5 }, () => ({ kind: 'none' as const }));
  const followed = objective({ targets, unit: 'percent', baseline: '34.3', direction: 'up' });
  expect(plain(aimInWords(followed, 2))).toBe('Doit monter, sans cible chiffrée ; 34,3 % au départ.');
});

it.each([
  ['2025-01-14', undefined],
  ['2025-01-15', 1],
  ['2026-11-22', 2],
  ['2031-01-01', 5],
])('on %s the running year is %s', (today, year) => {
  expect(runningYear(objective().years, today)?.year).toBe(year);
});

it('knows no running year without a contract', () => {
  const years = Array.from({ length: 5 }, () => ({ from: undefined, to: undefined }));
  expect(runningYear(objective({}, years).years, '2026-11-22')).toBeUndefined();
});

it('groups by mission in the order they come', () => {
  const items = [objective(), objective({ id: 'o-2', mission: 'prevention' }), objective({ id: 'o-3' })];
  expect(byMission(items).map(({ mission, objectives }) => [mission, objectives.length])).toEqual([
    ['acces', 2],
    ['prevention', 1],
  ]);
  expect(byMission(items, 'prevention').map(({ mission }) => mission)).toEqual(['prevention']);
  expect(byMission(items, 'autre')).toHaveLength(2);
});

it('names a mission by the schedule, else by what is known, else by its code', () => {
  expect(missionName('acces')).toBe('Accès aux soins');
  expect(missionName('acces', [{ code: 'acces', label: 'Accès' }])).toBe('Accès');
  expect(missionName('autre')).toBe('autre');
});

it('leads to where a measure comes from, for those who have that section', () => {
  const year = { ...objective().years[1]!, measuredTo: '2026-11-22' };
  expect(sourceOf('snp.fill', year, ['remplissage'])?.address).toBe(
    '#remplissage?du=2026-01-15&au=2026-11-22',
  );
  expect(sourceOf('snp.fill', year, ['membres'])).toBeUndefined();
});

it('has a line for each year, with the figures as numbers', () => {
  const line = linesOf(objective({}, [{ counts: '5100', achieved: '0.642' }]))[0]!;
  const row = yearColumns.map(({ cell }) => cell(line));
  expect(row.slice(0, 4)).toEqual(['N+1', '15/01/2025 – 14/01/2026', 5000, 5000]);
  expect(row).toContain(0.642);
  expect(achievedIn(line.year)).toEqual({ share: 0.642, words: '64,2\u00a0%' });
  expect(achievedIn(undefined)).toBeUndefined();
});

it('says what its picture shows, and how many objectives have a figure', () => {
  const seen = objective({}, [{ counts: '5100', achieved: '0.642' }]);
  expect(plain(pictureInWords(seen, seen.years[0]))).toContain(
    'Atteint jusqu’ici : 5 100 en N+1. 64,2 % du chemin vers la cible de N+1.',
  );
  expect(plain(seenInWords([seen, objective()], 1))).toBe(
    '1 sur 2 indicateurs ont une valeur pour cette année.',
  );
});
