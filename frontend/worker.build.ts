// Builds the phone's service worker beside the pages: one classic script, /sw.js, that knows the names
// of the files the phone page is made of and changes whenever one of them does.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const source = fileURLToPath(new URL('./src/phone/worker/worker.ts', import.meta.url));
const still = fileURLToPath(new URL('./public/', import.meta.url));
const kept = /^(phone\.webmanifest|icon.*\.(png|svg))$/;

/** The files of a page: its own chunk, what it imports now or later, their styles and fonts. */
function reach(bundle: Rolldown.OutputBundle, page: string): string[] {
  const files = new Set<string>();
  const walk = (name: string) => {
    const chunk = bundle[name];
    if (files.has(name) || chunk?.type !== 'chunk') return;
    files.add(name);
    for (const meta of [chunk.viteMetadata?.importedCss, chunk.viteMetadata?.importedAssets]) {
      for (const file of meta ?? []) files.add(file);
    }
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) walk(next);
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === page) walk(chunk.fileName);
  }
  for (const file of Object.keys(bundle)) if (file.endsWith('.woff2')) files.add(file);
  return [...files].sort();
}

const contentOf = (file: Rolldown.OutputBundle[string]) => (file.type === 'chunk' ? file.code : file.source);

export function serviceWorker(): Plugin {
  return {
    name: 'relais-service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const files = reach(bundle, 'phone');
      const statics = (await readdir(still)).filter((name) => kept.test(name));
      const sum = createHash('sha256');
      for (const name of [...files, 'phone.html']) sum.update(name).update(contentOf(bundle[name]!));
      for (const name of statics) sum.update(name).update(await readFile(still + name));

      const shell = ['/phone', ...files.map((name) => `/${name}`), ...statics.map((name) => `/${name}`)];
      const made = (await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: {
          __SHELL__: JSON.stringify(shell),
          __VERSION__: JSON.stringify(sum.digest('hex').slice(0, 12)),
        },
        build: {
          write: false,
          target: 'es2022',
          lib: { entry: source, formats: ['iife'], name: 'relais', fileName: () => 'sw.js' },
        },
      })) as Rolldown.RolldownOutput[];
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: made[0]!.output[0].code });
    },
  };
}
