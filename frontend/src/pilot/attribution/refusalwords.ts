import { Problem, wordsOf } from '../../api/problem';
import { formWords } from './formwords.fr';

/** The words for what a form's sending threw; a session that ended leaves the form where it is. */
export const refusalWords = (error: unknown): string =>
  error instanceof Problem && error.status === 401 ? formWords.kept.signIn : wordsOf(error);
