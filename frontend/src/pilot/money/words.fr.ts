import { withSpaces } from '../../ui/spaces';
import type { NotMoney } from './money';

/** What all pages of the books say about money. */
export const words = withSpaces({
  wrong: {
    missing: 'Indiquez un montant.',
    point: 'Écrivez les centimes après une virgule, sans point : 1 234,50.',
    unclear: 'Écrivez un montant en euros : 1 234,50.',
    decimals: 'Deux chiffres au plus après la virgule. Sans virgule pour les milliers : 1 234.',
    negative: 'Écrivez le montant sans signe.',
    tooLarge: 'Ce montant est trop grand.',
  } satisfies Record<NotMoney, string>,
  positive: 'Indiquez un montant au-dessus de zéro.',
  tooMuch: (most: string) => `Au plus ${most}.`,
  below: 'en dépassement',
});
