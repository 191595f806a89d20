/**
 * Asked before the address takes the page elsewhere; false stays. Who keeps something unsaved puts its question
 * here: by itself it is no part of the page's first script.
 */
export const leaving: { may: () => boolean } = { may: () => true };
