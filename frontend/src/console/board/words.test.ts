import { describe, expect, it } from 'vitest';
import { noon, practitioner, slot } from '../made';
import { People } from '../people';
import { cellWords, dayLabel, type CellContext } from './words';

const ada = {
  ...practitioner('p1'),
  name: 'Dr Ada Martin',
  locations: [{ id: 'l1', name: 'Cabinet', commune: 'c', communeName: 'Cesson', approximate: false }],
};

const context: CellContext = {
  me: 'me',
  now: noon,
  zone: 'Europe/Paris',
  people: new People([{ territory: { id: 't1', name: 'CPTS d’essai' }, practitioners: [ada] }]),
  keys: new Map(),
  watchers: new Map(),
};
const until = '2026-11-23T12:03:00+01:00';
const colleague = { by: 'Noé Petit', holder: 'noe', until };

describe('a block of the board', () => {
  it('says hour, state, who and where', () => {
    const words = cellWords(slot('s', 15), context);
    expect(words).toMatchObject({ state: 'free', glyph: '○', short: ':15', mine: false });
    expect(words.label).toBe('12 h 15, libre, Dr Ada Martin, Cesson');
  });

  it('says the day when it is not today', () => {
    expect(cellWords(slot('s', 24 * 60), context).label).toMatch(/^Demain, 12 h 00, /);
  });

  it('counts the seats of a range', () => {
    const words = cellWords(slot('s', 15, { seats: 6, free: 2, booked: 4 }), context);
    expect(words).toMatchObject({ state: 'free', short: '2/6', long: '12 h 15 · 2/6' });
    expect(words.label).toContain('2 sur 6 places libres');
  });

  it('shows who of the colleagues holds it, and until when', () => {
    const words = cellWords(slot('s', 15, { free: 0, held: [colleague] }), context);
    expect(words).toMatchObject({ state: 'held', glyph: '◐', short: 'NP', mine: false });
    expect(words.label).toMatch(/retenu par Noé Petit jusqu’à 12\sh\s03/);
  });

  it('is mine while I hold it', () => {
    const held = [{ by: 'Moi', holder: 'me', until }];
    expect(cellWords(slot('s', 15, { free: 0, held }), context)).toMatchObject({ state: 'held', mine: true });
  });

  it('stays free for others while a colleague holds one seat of many', () => {
    const words = cellWords(slot('s', 15, { seats: 2, free: 1, held: [colleague] }), context);
    expect(words).toMatchObject({ state: 'free', short: '1/2' });
  });

  it('carries its key and who looks at it', () => {
    const looked = { ...context, keys: new Map([['s', 3]]), watchers: new Map([['s', ['Noé Petit']]]) };
    expect(cellWords(slot('s', 15), looked)).toMatchObject({ key: '3', watchers: 'NP' });
    expect(cellWords(slot('s', 15), looked).label).toMatch(/touche 3, regardé par Noé Petit$/);
  });

  it.each([
    ['withdrawn', { withdrawn: true, free: 0 }, 15, 'blocked'],
    ['taken', { free: 0, booked: 1 }, 15, 'booked'],
    ['past and empty', {}, -30, 'lapsed'],
  ])('%s is shown as %4$s', (_, change, minutes, state) => {
    expect(cellWords(slot('s', minutes, change), context).state).toBe(state);
  });
});

it.each([
  [200, 'Demain lun. 23 nov.'],
  [90, 'Demain'],
  [44, 'Dem.'],
])('a day with %i pixels is "%s"', (room, words) =>
  expect(dayLabel('Demain', 'lun. 23 nov.', room)).toBe(words),
);
