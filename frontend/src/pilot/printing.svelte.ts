import { flushSync } from 'svelte';

/** The width of a picture on paper: A4 less its margins, at 96 dots an inch. */
export const paper = 680;

/** The most lines of a picture that fit a sheet under its head; a longer one goes on in another. */
export const linesOnPaper = 20;

/** A long list in parts that each fit a sheet. */
export function sheets<T>(list: T[], most = linesOnPaper): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, i) =>
    list.slice(i * most, (i + 1) * most),
  );
}

const state = $state({ on: false, at: new Date() });

/** Whether the page is being printed, and since when: pictures are drawn anew in the width of paper. */
export const printing: Readonly<typeof state> = state;

function turn(on: boolean) {
  flushSync(() => {
    state.on = on;
    if (on) state.at = new Date();
  });
}

addEventListener('beforeprint', () => turn(true));
addEventListener('afterprint', () => turn(false));
