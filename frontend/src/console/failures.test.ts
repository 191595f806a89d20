import { expect, it } from 'vitest';
import { announce, toasts } from '../ui/announce.svelte';
import { m } from '../ui/messages';
import { forgetFailures } from './failures';

it('puts away what failed for want of a line, and nothing else', () => {
  announce(`Le dossier n’a pas pu être enregistré. ${m.reasons.network}`, 'bad');
  announce('Ce créneau vient d’être pris.', 'bad');
  forgetFailures();
  expect(toasts.map(({ text }) => text)).toEqual(['Ce créneau vient d’être pris.']);
});
