// What a page costs to load: its scripts, compressed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The scripts a page loads, each once: those its HTML names (Vite lists every static import there). */
export async function scriptsOf(dist, name) {
  const html = await readFile(join(dist, `${name}.html`), 'utf8');
  return [...new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]))];
}

/** Their size in kB, each compressed by itself as it travels. */
export async function scriptSize(dist, name) {
  const files = await scriptsOf(dist, name);
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(dist, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}
