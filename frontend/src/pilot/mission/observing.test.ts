import { describe, expect, it } from 'vitest';
import { objective } from './objective.build';
import { openYears, seenBody, wrongSeen, type Seen } from './observing';
import { accepted, wrongFile } from './proof';

const today = '2026-11-22';
const of = objective({ series: 'mt.attached' }, [{ frozen: true }, { measured: '4712', measuredTo: today }]);
const seen = (change: Partial<Seen> = {}): Seen => ({
  year: 2,
  computed: false,
  on: '2026-11-01',
  figure: '4 712',
  source: 'Courrier de la CPAM',
  comment: '',
  evidence: [],
  ...change,
});

describe('an observed figure', () => {
  it('is entered for years that began and are not frozen', () => {
    expect(openYears(of, today).map(({ year }) => year)).toEqual([2]);
    expect(openYears(of, '2026-01-14')).toEqual([]);
  });

  it('is sent as the wire has figures, with its files', () => {
    const evidence = [{ hash: 'a'.repeat(64), name: 'feuille.pdf', type: '', size: 1, at: '' }];
    expect(wrongSeen(seen(), of, today)).toEqual({});
    expect(seenBody(seen({ evidence }), of, today)).toEqual({
      year: 2,
      on: '2026-11-01',
      figure: '4712',
      source: 'Courrier de la CPAM',
      evidence: ['a'.repeat(64)],
      comment: undefined,
    });
  });

  it('is left to the record when that is taken', () => {
    const taken = seen({ computed: true, figure: 'n’importe', source: '' });
    expect(wrongSeen(taken, of, today)).toEqual({});
    expect(seenBody(taken, of, today)).toMatchObject({ computed: true, on: today });
    expect(seenBody(taken, of, today)).not.toHaveProperty('figure');
  });

  it.each<[Partial<Seen>, string]>([
    [{ on: '' }, 'on'],
    [{ on: '2026-11-23' }, 'on'],
    [{ on: '2026-01-14' }, 'on'],
    [{ figure: '4.712' }, 'figure'],
    [{ figure: '' }, 'figure'],
    [{ source: 'ab' }, 'source'],
    [{ comment: 'x'.repeat(1001) }, 'comment'],
  ])('is refused with %j at %s', (change, slot) => {
    expect(Object.keys(wrongSeen(seen(change), of, today))).toEqual([slot]);
  });
});

describe('a file of evidence', () => {
  it.each(['a.pdf', 'B.PNG', 'c.jpg', 'd.jpeg', 'e.csv', 'f.xlsx'])('may be %s', (name) => {
    expect(wrongFile({ name, size: 5 * 1024 * 1024 })).toBe('');
    expect(accepted).toContain(name.slice(1).toLowerCase());
  });

  it.each([
    ['macro.xlsm', 10, 'n’est pas un PDF'],
    ['sans-suffixe', 10, 'n’est pas un PDF'],
    ['vide.pdf', 0, 'est vide'],
    ['gros.pdf', 5 * 1024 * 1024 + 1, '5 Mo au plus'],
  ])('%s of %i bytes is refused, and why is said', (name, size, why) => {
    expect(wrongFile({ name, size })).toContain(why);
  });
});
