import { expect, it } from 'vitest';
import type { BudgetLine, BudgetView, Envelope } from '../money/kinds';
import { draftOf, lineOf, linesOf, partsOf, percentOf, totalOf, wrongsIn, type Draft } from './budget';
import { lengthsOf, rowsOf } from './envelopes';

const line = (said: Partial<BudgetLine> = {}): BudgetLine => ({
  id: 'l1',
  budget: 'fonctionnement',
  label: 'Coordination',
  account: '641',
  revision: 1,
  planned: '58248.00',
  committed: '4854.00',
  spent: '43686.00',
  left: '9708.00',
  ...said,
});
// The example of Sénart: 75 000 € of fonctionnement, of which the coordinator 58 248 €.
const senart: BudgetView = {
  year: 2026,
  outside: '0.00',
  lines: [
    line(),
    line({
      id: 'l2',
      label: 'Local et frais',
      account: '61',
      planned: '16752.00',
      committed: '0.00',
      spent: '0.00',
      left: '16752.00',
    }),
    line({
      id: 'l3',
      label: 'Ateliers',
      budget: 'operationnel',
      planned: '1000.00',
      spent: '1200.00',
      left: '-200.00',
      committed: '0.00',
    }),
  ],
};

it('keeps the two budgets apart, and adds each up', () => {
  const lines = linesOf(senart, 'fonctionnement');
  expect(lines.map(({ label }) => label)).toEqual(['Coordination', 'Local et frais']);
  expect(totalOf(lines)).toMatchObject({ planned: 7_500_000, spent: 4_368_600, left: 2_646_000 });
  expect(totalOf(linesOf(senart, 'operationnel')).left).toBe(-20_000);
});

it('parts a bar into spent, committed and left, all of the plan', () => {
  const [coordinator] = linesOf(senart, 'fonctionnement');
  expect(partsOf(coordinator!)).toEqual({
    spent: 0.75,
    committed: 4854 / 58_248,
    left: 9708 / 58_248,
    over: 0,
  });
  expect(percentOf(coordinator!)).toBe(75);
});

it('shows what went beyond the plan', () => {
  const [beyond] = linesOf(senart, 'operationnel');
  expect(partsOf(beyond!)).toEqual({ spent: 1000 / 1200, committed: 0, left: 0, over: 200 / 1200 });
});

it('parts a bar of nothing', () =>
  expect(partsOf({ label: '', account: '', planned: 0, committed: 0, spent: 0, left: 0 })).toEqual({
    spent: 0,
    committed: 0,
    left: 0,
    over: 0,
  }));

const draft = (said: Partial<Draft> = {}): Draft => ({ ...draftOf('fonctionnement', line()), ...said });

it('sends back the line that it read', () =>
  expect(lineOf(draft(), 't1', 2026)).toEqual({
    territory: 't1',
    year: 2026,
    budget: 'fonctionnement',
    label: 'Coordination',
    account: '641',
    mission: undefined,
    envelope: undefined,
    planned: '58248.00',
    committed: '4854.00',
  }));

it.each<[Partial<Draft>, string[]]>([
  [{}, []],
  [{ label: ' ' }, ['label']],
  [{ account: '512' }, ['account']],
  [{ account: '64 1' }, ['account']],
  [{ planned: '' }, ['planned']],
  [{ planned: '58.248' }, ['planned']],
  [{ planned: '0', committed: '' }, []],
  [{ committed: 'x' }, ['committed']],
])('finds wrong in %j: %j', (said, wrong) => expect(Object.keys(wrongsIn(draft(said)))).toEqual(wrong));

const envelope = (said: Partial<Envelope> = {}): Envelope => ({
  code: 'snp_orientation',
  label: 'Orientation',
  mission: 'acces',
  earmarked: true,
  yearly: '55000.00',
  received: '40000.00',
  spent: '10000.00',
  left: '30000.00',
  ...said,
});

it('draws what was spent of what came, and the maximum of a year', () => {
  const [row] = rowsOf([envelope()]);
  expect(lengthsOf(row!, 10_000_000)).toEqual({ spent: 0.1, left: 0.3, over: 0, yearly: 0.55 });
});

it('draws what was spent beyond what came, and no maximum when nobody confirmed one', () => {
  const [row] = rowsOf([envelope({ spent: '45000.00', left: '-5000.00', yearly: undefined })]);
  expect(lengthsOf(row!, 10_000_000)).toEqual({ spent: 0.4, left: 0, over: 0.05, yearly: undefined });
});

it('names the mission of a part', () =>
  expect(
    rowsOf([envelope({ code: 'acces', label: 'Accès aux soins', mission: undefined }), envelope()])[1]!
      .mission,
  ).toBe('Accès aux soins'));
