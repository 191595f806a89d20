/**
 * Asked before the address takes the page elsewhere; false stays. Who keeps something unsaved puts its question
 * here: by itself it is no part of the page's first script. A listener of its own would come too late: those of
 * the window are called in the order they came, whatever phase they ask for, and the address was there first.
 */
export const leaving: { may: () => boolean } = { may: () => true };
