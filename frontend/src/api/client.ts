import type { paths } from './schema';
import { Problem } from './problem';
import type { ProblemBody } from './types';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;

type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? Q : never;
type PathOf<O> = O extends { parameters: { path: infer P } } ? P : never;
type BodyOf<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;
type Json<R> = R extends { content: { 'application/json': infer B } } ? B : undefined;
type Good<R> = { [S in keyof R]: S extends 200 | 201 | 204 ? Json<R[S]> : never }[keyof R];
type AnswerOf<O> = O extends { responses: infer R } ? Good<R> : never;

export interface Options<O> {
  query?: QueryOf<O>;
  path?: PathOf<O>;
  body?: BodyOf<O>;
  /** The Idempotency-Key: one per intent, the same for every try of it. */
  key?: string;
  signal?: AbortSignal;
  /** Goes through even when the page is left meanwhile. */
  keepalive?: boolean;
  /** Leave a 401 to the caller instead of going to the sign-in page. */
  anonymous?: boolean;
}

/**
 * Below which address this page and its calls live: "" for the service, "/entrainement" for the
 * entraînement, whose page names it in <meta name="relais-home">.
 */
export const home =
  globalThis.document?.querySelector<HTMLMetaElement>('meta[name="relais-home"]')?.content ?? '';

const base = `${home}/api/v1`;

/** Makes a key for one intent. Works outside secure contexts too, where randomUUID is missing. */
export function intentKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** The address of the sign-in page that comes back to where we are; an entraînement says that it is over. */
export function signInAddress(from = location.pathname): string {
  if (home) return `${home}?fini`;
  return from === '/' ? '/' : `/?next=${encodeURIComponent(from)}`;
}

let departing = false;

/** From here on someone leaves by themselves: nothing else takes them to the sign-in page. */
export function depart() {
  departing = true;
}

/** Goes to the sign-in page, once, whatever several refusals at a time ask for. */
export function goToSignIn() {
  if (departing) return;
  depart();
  location.assign(signInAddress());
}

/** The address of a call: its path filled in and its query, without what is undefined; a list is said one by one. */
export function address(
  path: string,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) value.forEach((one) => search.append(name, String(one)));
    else if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return `${base}${filled}${search.size ? `?${search}` : ''}`;
}

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  try {
    return new Problem((await response.json()) as ProblemBody, retryAfter);
  } catch {
    const reason = response.status >= 500 ? 'request.unavailable' : 'internal';
    return new Problem({ reason, status: response.status }, retryAfter);
  }
}

// The one door to the network: what does not arrive and what is refused are both thrown as Problems.
async function reach(where: string, init: RequestInit, anonymous = false): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(where, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem({ reason: 'network' });
  }
  if (response.status === 401 && !anonymous) goToSignIn();
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function call<O>(method: Method, path: string, options: Options<O>): Promise<AnswerOf<O>> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.key) headers['Idempotency-Key'] = options.key;
  const init: RequestInit = { method: method.toUpperCase(), headers, signal: options.signal };
  if (options.keepalive) init.keepalive = true;
  if (options.body !== undefined) init.body = JSON.stringify(options.body);

  const where = address(path, options.path ?? {}, options.query ?? {});
  const response = await reach(where, init, options.anonymous);
  return (response.status === 204 ? undefined : await response.json()) as AnswerOf<O>;
}

/** The HTTP contract, typed by it. Every call throws a Problem when it is refused or does not arrive. */
export const api = {
  get: <P extends PathsOf<'get'>>(path: P, options: Options<Operation<P, 'get'>> = {}) =>
    call<Operation<P, 'get'>>('get', path, options),
  post: <P extends PathsOf<'post'>>(path: P, options: Options<Operation<P, 'post'>> = {}) =>
    call<Operation<P, 'post'>>('post', path, options),
  put: <P extends PathsOf<'put'>>(path: P, options: Options<Operation<P, 'put'>> = {}) =>
    call<Operation<P, 'put'>>('put', path, options),
  patch: <P extends PathsOf<'patch'>>(path: P, options: Options<Operation<P, 'patch'>> = {}) =>
    call<Operation<P, 'patch'>>('patch', path, options),
  delete: <P extends PathsOf<'delete'>>(path: P, options: Options<Operation<P, 'delete'>> = {}) =>
    call<Operation<P, 'delete'>>('delete', path, options),
};

/** Walks the pages of a list until its end, or until `most` items were read. */
export async function all<T>(
  page: (cursor?: string) => Promise<{ items: T[]; next?: string }>,
  most = 5000,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await page(cursor);
    items.push(...answer.items);
    cursor = answer.next;
  } while (cursor && items.length < most);
  return items;
}
