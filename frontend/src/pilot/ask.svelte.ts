import { api } from '../api/client';
import { Problem, wordsOf } from '../api/problem';
import type { CallReport, CoverReport, FillReport, UnmetReport, WeekReport } from './reports';
import { words } from './words';

interface Reports {
  fill: FillReport;
  unmet: UnmetReport;
  calls: CallReport;
  weeks: WeekReport;
  cover: CoverReport;
}

export interface Query {
  territory: string;
  from: string;
  to: string;
  by?: string;
}

/** An answer of the server as a section shows it. */
export interface Asked<T> {
  /** The last answer; while another is on its way, the one before. */
  readonly value: T | undefined;
  /** Why there is no answer, in words; empty when there is one. */
  readonly problem: string;
  readonly busy: boolean;
  again(): void;
}

// What was read since the page opened: a section that is opened again shows it at once, then refreshes.
const kept = new Map<string, unknown>();
const staleAfter = 60_000;

/** Asks for an indicator, and again whenever its query changes or the page comes back into sight. */
export function ask<K extends keyof Reports>(what: K, query: () => Query | undefined): Asked<Reports[K]> {
  return reading(
    () => {
      const asked = query();
      return asked && `${what} ${JSON.stringify(asked)}`;
    },
    (signal) =>
      api.get(`/indicators/${what}` as '/indicators/fill', {
        query: query() as Query & { by?: FillReport['by'] },
        signal,
      }) as unknown as Promise<Reports[K]>,
  );
}

/** The same for any reading, named by a key; nothing is read while the key is undefined. */
export function reading<T>(
  key: () => string | undefined,
  read: (signal: AbortSignal) => Promise<T>,
): Asked<T> {
  let value = $state.raw<T>();
  let problem = $state('');
  let busy = $state(true);
  let tries = $state(0);
  let at = 0;

  $effect(() => {
    const name = key();
    void tries;
    if (name === undefined) return;
    const asking = new AbortController();
    value = (kept.get(name) as T | undefined) ?? value;
    void answer(name, asking.signal);
    return () => asking.abort();
  });

  $effect(() => {
    const seen = () => !document.hidden && Date.now() - at > staleAfter && tries++;
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  });

  async function answer(name: string, signal: AbortSignal) {
    busy = true;
    try {
      value = await read(signal);
      kept.set(name, value);
      problem = '';
    } catch (error) {
      if (signal.aborted) return;
      problem = error instanceof Problem && error.status === 403 ? words.denied : wordsOf(error);
    }
    if (signal.aborted) return;
    busy = false;
    at = Date.now();
  }

  return {
    get value() {
      return problem ? undefined : value;
    },
    get problem() {
      return problem;
    },
    get busy() {
      return busy;
    },
    again: () => void tries++,
  };
}
