import { api, intentKey } from '../../api/client';
import { refusalWords } from '../forms/refusalwords';
import type { Expectation } from './kinds';

/** What is the same for all that is received at once. */
export interface Receipt {
  on: string;
  piece: string;
  account: string;
}

export interface Refused {
  one: Expectation;
  why: string;
}

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
    for (const one of items) {
      try {
        await this.#one(one, receipt);
        this.came = [...this.came, one];
      } catch (error) {
        this.refused = [...this.refused, { one, why: refusalWords(error) }];
      }
      this.done++;
    }
    this.busy = false;
  }

  #one(one: Expectation, { on, piece, account }: Receipt) {
    const body = { amount: one.left, on, piece, account: account || undefined };
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
