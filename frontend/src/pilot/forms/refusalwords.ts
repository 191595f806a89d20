import { Problem, wordsOf } from '../../api/problem';
import { words } from './words.fr';

/** The words for what a form's sending threw; a session that ended leaves the form where it is. */
export const refusalWords = (error: unknown): string =>
  error instanceof Problem && error.status === 401 ? words.signIn : wordsOf(error);
