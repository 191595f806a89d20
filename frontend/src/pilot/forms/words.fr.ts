import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';

/** What every form of pilot says of its sending. */
export const words = withSpaces({
  toMend: (n: number) => counted(n, 'réponse est à corriger.', 'réponses sont à corriger.'),
  leave: 'Ce que vous avez saisi n’est pas enregistré et sera perdu. Quitter quand même ?',
  signIn:
    'Votre session est terminée. Reconnectez-vous dans un autre onglet, puis renvoyez : votre saisie reste ici.',
});
