import { describe, expect, it } from 'vitest';
import { bodyOf, codeOf, draftOf, place, previewOf, unitOf, wrongIn, type Draft } from './draft';
import { absolute, objective } from './objective.build';

const draft = (change: Partial<Draft> = {}): Draft => ({ ...draftOf(objective()), ...change });

describe('the answers about an objective', () => {
  it('are its own again when nothing is changed', () => {
    const { targets, ...body } = bodyOf(draft(), 't-1');
    expect(body).toEqual({
      territory: 't-1',
      code: 'mt-17',
      label: 'Patients de 17 ans et plus sans médecin traitant',
      mission: 'acces',
      unit: 'count',
      direction: 'down',
      baseline: '5280',
      baseOn: '2019-12-31',
      source: 'Contrat de la CPTS',
      weight: 1,
      series: undefined,
      comment: undefined,
    });
    expect(targets).toEqual(absolute('5000', '4500', '4000', '3500', '2500'));
    expect(wrongIn(draft())).toEqual({});
  });

  it('take figures as the French type them', () => {
    const { baseline, targets } = bodyOf(
      draft({
        unit: 'percent',
        baseline: '74,7',
        targets: [
          { kind: 'of_baseline', value: '+2,5' },
          { kind: 'absolute', value: '80' },
          ...Array.from({ length: 3 }, () => ({ kind: 'none' as const, value: '12' })),
        ],
      }),
      't-1',
    );
    expect(baseline).toBe('74.7');
    expect(targets.slice(0, 3)).toEqual([
      { kind: 'of_baseline', value: '2.5' },
      { kind: 'absolute', value: '80' },
      { kind: 'none' },
    ]);
  });

  it.each<[Partial<Draft>, string]>([
    [{ label: 'a' }, 'label'],
    [{ code: 'Été' }, 'code'],
    [{ mission: '' }, 'mission'],
    [{ series: 'snp.fill' }, 'unit'],
    [{ baseline: '5.280' }, 'baseline'],
    [{ baseline: '-1' }, 'baseline'],
    [{ unit: 'percent', baseline: '101' }, 'baseline'],
    [{ baseOn: '' }, 'baseOn'],
    [{ source: ' a ' }, 'source'],
    [{ weight: '1001' }, 'weight'],
    [{ weight: '1,5' }, 'weight'],
    [{ comment: 'x'.repeat(1001) }, 'comment'],
  ])('are refused with %j at %s', (change, slot) => {
    expect(Object.keys(wrongIn(draft(change)))).toContain(slot);
  });

  it('say which target is wrong', () => {
    const targets = draft().targets.map((target, i) =>
      i === 2 ? { kind: 'of_previous' as const, value: '-101' } : target,
    );
    expect(Object.keys(wrongIn(draft({ targets })))).toEqual(['targets[2]']);
  });

  it('show where they lead while they are typed', () => {
    expect(previewOf(draft({ baseline: '' }))).toEqual([]);
    const targets = draft().targets.map((target, i) =>
      i === 1 ? { kind: 'of_baseline' as const, value: '-' } : target,
    );
    expect(previewOf(draft({ targets }))).toEqual([5_000_000, undefined, 4_000_000, 3_500_000, 2_500_000]);
  });
});

it('finds the field of a refusal, a part of a target included', () => {
  const field = (name: string) => ({ name, reason: 'indicator.objective', message: `à revoir : ${name}` });
  const { wrongs, rest } = place([
    field('baseline'),
    field('targets[3]'),
    field('targets.4.value'),
    field('autre'),
  ]);
  expect(Object.keys(wrongs)).toEqual(['baseline', 'targets[3]', 'targets[4]']);
  expect(rest).toEqual(['à revoir : autre']);
});

it('makes a code out of a label', () => {
  expect(codeOf('Dépistage du cancer (colorectal)')).toBe('depistage-du-cancer-colorectal');
  expect(codeOf('x'.repeat(60))).toHaveLength(40);
});

it('knows that a fill rate is a percentage', () => {
  expect(unitOf('snp.fill')).toBe('percent');
  expect(unitOf('mt.attached')).toBe('count');
});
