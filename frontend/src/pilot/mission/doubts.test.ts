import { describe, expect, it } from 'vitest';
import { countsFrom, doubtOf } from './doubts';
import { draftOf, previewOf, type Draft, type DraftTarget } from './draft';
import { objective } from './objective.build';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const none: DraftTarget = { kind: 'none', value: '' };
const draft = (change: Partial<Draft>, ...targets: DraftTarget[]): Draft => ({
  ...draftOf(objective()),
  ...change,
  targets: [...targets, ...Array.from({ length: 5 - targets.length }, () => none)],
});
const doubt = (of: Draft, i = 0) => plain(doubtOf(of, previewOf(of), i));
const from = (of: Draft, i = 0) => plain(countsFrom(of, previewOf(of), i));

describe('a target', () => {
  it('that looks the other way than the indicator is doubted', () => {
    expect(doubt(draft({}, { kind: 'absolute', value: '6000' }))).toMatch(
      /^Cible plus haute que le départ, alors que l’indicateur doit baisser\./,
    );
    expect(doubt(draft({ direction: 'up' }, { kind: 'of_baseline', value: '-1' }))).toContain('plus basse');
    expect(doubt(draft({}, { kind: 'absolute', value: '5000' }))).toBe('');
  });

  it('that goes back on an earlier one is doubted', () => {
    const of = draft({}, { kind: 'absolute', value: '4000' }, none, { kind: 'absolute', value: '4500' });
    expect(doubt(of, 2)).toBe('Cible plus haute que celle de N+1 : est-ce voulu ?');
  });

  it('that is a share of nothing is doubted', () => {
    const of = draft({ baseline: '0', direction: 'up' }, { kind: 'of_previous', value: '10' });
    expect(doubt(of)).toContain('Un pourcentage de 0 donne toujours 0');
    expect(doubt(draft({ baseline: '0', direction: 'up' }, { kind: 'absolute', value: '10' }))).toBe('');
  });

  it('of the year before says what it counts from, where that is not plain', () => {
    const change: DraftTarget = { kind: 'of_previous', value: '-10' };
    const of = draft({}, change, none, change, change);
    expect(from(of)).toBe('Compté à partir du départ, 5 280.');
    expect(from(of, 2)).toBe('Compté à partir de N+1, 4 752.');
    expect(from(of, 3)).toBe('');
  });
});
