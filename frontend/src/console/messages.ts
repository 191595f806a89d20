// The console's own catalogue. A second language is one more file of the type ConsoleMessages.
import { fr } from './messages.fr';

export type ConsoleMessages = typeof fr;

/** The console's words in the language in use. */
export const c: ConsoleMessages = fr;
