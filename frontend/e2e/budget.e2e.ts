import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { scriptSize } from './console/sizes.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

it.each([
  ['index', 60],
  ['phone', 60],
  ['pilot', 60],
  ['console', 90],
  ['training', 95], // the console, and its panel
])('%s needs at most %i kB of script, compressed', async (name, budget) => {
  const size = await scriptSize(dist, name);
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThanOrEqual(budget);
});

it.each(['index', 'phone', 'pilot', 'console', 'training'])('%s has nothing inline', async (name) => {
  const html = await readFile(`${dist}${name}.html`, 'utf8');
  expect(html).not.toMatch(/<style|style="|<script(?![^>]*src=)|\son\w+="/);
});
