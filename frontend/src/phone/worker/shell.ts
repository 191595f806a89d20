// The phone page's built files, kept on the phone so that it opens with no network. Nothing else is
// ever kept: what the API answers may name patients.

declare const __SHELL__: string[];
declare const __VERSION__: string;

const prefix = 'relais-shell-';
const name = () => prefix + __VERSION__;

/** The address under which a request is kept, or undefined when it is none of the worker's business. */
export function keptAddress(
  { method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>,
  origin: string,
  shell: string[],
): string | undefined {
  const { origin: from, pathname } = new URL(url);
  if (method !== 'GET' || from !== origin || pathname.startsWith('/api/')) return undefined;
  if (mode === 'navigate') return pathname === '/phone' ? '/phone' : undefined;
  return shell.includes(pathname) ? pathname : undefined;
}

/** Keeps this build's files; those that an earlier build had are not fetched again. */
export async function keepShell() {
  const cache = await caches.open(name());
  await Promise.all(
    __SHELL__.map(async (address) => {
      const had = address.startsWith('/assets/') ? await caches.match(address) : undefined;
      const file = had ?? (await fetch(address, { cache: had ? 'default' : 'no-cache' }));
      if (!file.ok) throw new Error(address);
      await cache.put(address, file);
    }),
  );
}

/** Forgets the files of other builds. */
export async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((one) => one.startsWith(prefix) && one !== name()).map((one) => caches.delete(one)),
  );
}

/** The kept file for a request, or undefined: the network answers then. */
export function keptAnswer(request: Request, origin: string): Promise<Response> | undefined {
  const address = keptAddress(request, origin, __SHELL__);
  if (!address) return undefined;
  return caches
    .open(name())
    .then((cache) => cache.match(address))
    .then((kept) => kept ?? fetch(request));
}
