import type { WhyKind } from '../api/types';

/** Why a call found no solution, in the words of whoever chooses it and of whoever counts it. */
export const whyKinds = {
  no_slot: 'Aucun créneau libre',
  too_far: 'Trop loin, sans transport',
  too_late: 'Délai trop long',
  home_visit: 'Visite à domicile nécessaire',
  refused: 'Refus de l’appelant',
  other: 'Autre raison',
} satisfies Record<WhyKind, string>;
