import { api } from '../api/client';
import type { CallEffort } from '../api/types';

const nothing: CallEffort = { keys: 0, conflicts: 0 };

/**
 * What a call asks of the regulator: keys pressed and seats lost to somebody else, from its opening
 * to its outcome. Kept by case, so that one taken up again goes on counting. Told to the server for
 * medians of many calls; nobody is told apart by it.
 */
export class Effort {
  #now = nothing;
  #left = new Map<string, CallEffort>();

  key() {
    this.#now = { ...this.#now, keys: this.#now.keys + 1 };
  }

  conflict() {
    this.#now = { ...this.#now, conflicts: this.#now.conflicts + 1 };
  }

  /** A call begins, or one that was left is taken up again. */
  begin(kase?: string) {
    this.#now = (kase && this.#left.get(kase)) || nothing;
  }

  /** The call is left open: what it asked so far waits with it. */
  leave(kase: string) {
    this.#left.set(kase, this.#now);
  }

  /** Goes on counting what another board counted. */
  adopt(other: Effort) {
    this.#now = other.#now;
    this.#left = other.#left;
  }

  /** What a case asked that was left open and is over now, undefined when it is not known here. */
  endLeft(kase: string): CallEffort | undefined {
    const spent = this.#left.get(kase);
    this.#left.delete(kase);
    return spent;
  }

  /** What the case at hand asked, which is over. */
  end(kase: string): CallEffort {
    this.#left.delete(kase);
    return this.#now;
  }
}

/** Tells what a case asked, once it has its outcome. A figure lost is no reason to disturb anyone. */
export function tellEffort(kase: string, body: CallEffort): Promise<void> {
  return api.put('/cases/{id}/effort', { path: { id: kase }, body, keepalive: true }).then(
    () => {},
    () => {},
  );
}
