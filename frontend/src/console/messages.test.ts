import { expect, it } from 'vitest';
import { fr } from './messages.fr';

/** Every sentence of a catalogue; those made of values are made of plain letters. */
function sentences(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (typeof part === 'function') return [String(part('X', 'Y', 'Z'))];
  return Object.values(part as object).flatMap(sentences);
}

it('never lets a line break before a sign or inside guillemets', () => {
  const all = sentences(fr);
  expect(all).toContain('Pourquoi sans solution\u202f?');
  expect(all.filter((text) => / [:;!?»]|« /.test(text))).toEqual([]);
});
