// The one catalogue of words. A second language is one more file of the type Messages, chosen here.
import { fr } from './messages.fr';

export type Messages = typeof fr;

/** The words of the language in use. */
export const m: Messages = fr;

/** The BCP 47 tag for dates and numbers. */
export const locale = 'fr-FR';
