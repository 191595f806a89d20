import { api, intentKey } from '../../api/client';
import { Problem } from '../../api/problem';
import { refusalWords } from '../forms/refusalwords';
import type { Expectation } from './kinds';

/** What is the same for all that is received at once. */
export interface Receipt {
  on: string;
  piece: string;
}

export interface Refused {
  one: Expectation;
  why: string;
}

const mostTries = 5;
const longestWait = 15;

// Nobody answers, or nobody is signed in any more.
const lost = (error: unknown) => error instanceof Problem && (error.status === 0 || error.status === 401);

/**
 * Receives several sums whole, one after the other, each with an entry of its own. What is refused keeps its
 * reason, and may be tried again: a sum keeps its key for as long as the receipt is the same.
 */
export class Receiving {
  busy = $state(false);
  done = $state(0);
  all = $state(0);
  came = $state.raw<Expectation[]>([]);
  refused = $state.raw<Refused[]>([]);
  readonly #keys = new Map<string, string>();

  async receive(items: Expectation[], receipt: Receipt): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    [this.done, this.all, this.refused] = [0, items.length, []];
    for (const [i, one] of items.entries()) {
      try {
        await this.#patiently(one, receipt);
        this.came = [...this.came, one];
      } catch (error) {
        // What would fail in the same way for the others is not tried with each of them.
        const these = lost(error) ? items.slice(i) : [one];
        this.refused = [...this.refused, ...these.map((one) => ({ one, why: refusalWords(error) }))];
        if (lost(error)) break;
      }
      this.done++;
    }
    this.busy = false;
  }

  // Many at once may be more than the service takes a minute: it says how long to wait.
  async #patiently(one: Expectation, receipt: Receipt) {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#one(one, receipt);
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 429 || tries === mostTries) throw error;
        await new Promise((resume) =>
          setTimeout(resume, 1000 * Math.min(error.retryAfter ?? 1, longestWait)),
        );
      }
    }
  }

  #one(one: Expectation, { on, piece }: Receipt) {
    const body = { amount: one.left, on, piece };
    const said = JSON.stringify([one.id, body]);
    const key = this.#keys.get(said) ?? intentKey();
    this.#keys.set(said, key);
    return api.post('/funding/expectations/{id}/receive', {
      path: { id: one.id },
      body,
      key,
      anonymous: true,
    });
  }
}
