import { expect, it } from 'vitest';
import { placedAt } from './place';

it('puts refusals at their fields, and says the rest above', () => {
  const place = placedAt(['amount', 'on', 'piece'], { 'lines.amount': 'piece' });
  expect(
    place([
      { name: 'draft.amount', reason: 'invalid', message: 'Trop.' },
      { name: 'amount', reason: 'invalid', message: 'Encore.' },
      { name: 'lines.amount', reason: 'invalid', message: 'Sans pièce.' },
      { name: 'journal', reason: 'invalid', message: 'Ce journal n’existe pas.' },
    ]),
  ).toEqual({
    wrongs: { amount: 'Trop.', piece: 'Sans pièce.' },
    rest: ['Ce journal n’existe pas.'],
  });
});
