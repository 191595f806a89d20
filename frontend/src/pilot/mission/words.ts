// The words of mission indicators and of the yearly dialogue. A second language is one more file, chosen here.
import { words as fr } from './words.fr';

export type Words = typeof fr;

/** The words of the language in use. */
export const words: Words = fr;
