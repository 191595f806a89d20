import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** The scripts a page loads, each once: those its HTML names (Vite lists every static import there). */
async function scriptsOf(name: string): Promise<string[]> {
  const html = await readFile(`${dist}${name}.html`, 'utf8');
  return [...new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!))];
}

it.each([
  ['index', 60],
  ['phone', 60],
  ['pilot', 60],
  ['console', 90],
  ['training', 95], // the console, and its panel
])('%s needs at most %i kB of script, compressed', async (name, budget) => {
  const scripts = await scriptsOf(name);
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(dist + file)).length));
  expect(sizes.reduce((sum, size) => sum + size) / 1000).toBeLessThanOrEqual(budget);
});

it.each(['index', 'phone', 'pilot', 'console', 'training'])('%s has nothing inline', async (name) => {
  const html = await readFile(`${dist}${name}.html`, 'utf8');
  expect(html).not.toMatch(/<style|style="|<script(?![^>]*src=)|\son\w+="/);
});
