// The words of the books. A second language is one more file, chosen here.
import { words as fr } from './words.fr';

/** The words of the language in use. */
export const words: typeof fr = fr;
