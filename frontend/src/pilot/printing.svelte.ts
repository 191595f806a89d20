import { flushSync } from 'svelte';

/** The width of a picture on paper: A4 less its margins, at 96 dots an inch. */
export const paper = 680;

/** The most lines of a picture that fit a sheet under its head; a longer one goes on in another. */
export const linesOnPaper = 20;

/** The same on a first sheet, which has the head of the page too. */
export const linesOnFirst = 13;

/** A long list in parts that each fit a sheet, the first of them on the first one. */
export function sheets<T>(list: T[], first = linesOnPaper): T[][] {
  const parts = [list.slice(0, first)];
  for (let at = first; at < list.length; at += linesOnPaper) parts.push(list.slice(at, at + linesOnPaper));
  return parts;
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
