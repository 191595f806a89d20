import { api } from '../api/client';
import { myHold } from '../api/live';
import type { Slot } from '../api/types';
import { isFree, numbered } from './best';
import type { Call } from './call.svelte';
import type { Desk } from './desk.svelte';
import { merged } from './ranking';

/** How many proposals have a key of their own. */
export const proposalCount = 6;

const ranked = 100;

/** How long an answer is waited for, in milliseconds. */
const patience = 10_000;

/** After how many milliseconds a search that failed is tried again: soon, then less and less often. */
export const retryAfter = (failures: number): number => Math.min(30_000, 1_000 * 2 ** (failures - 1));

/**
 * The best slots for the caller, in the server's rank order. One that goes is shown as gone until the
 * next search numbers them anew; in the middle of a hold the numbers wait.
 */
export class Proposals {
  /** Slots in ranked order, with why each stands where it stands. */
  list = $state.raw<Slot[]>([]);
  /** Ids of the numbered ones. */
  shown = $state.raw<string[]>([]);
  loading = $state(true);
  /** The last search did not arrive: that nothing is shown does not say that nothing is free. */
  failed = $state(false);

  #desk: Desk;
  #call: Call;
  #asking?: AbortController;
  #failures = 0;
  #retry?: ReturnType<typeof setTimeout>;

  #busy: () => boolean;

  constructor(desk: Desk, call: Call, busy: () => boolean) {
    this.#busy = busy;
    this.#desk = desk;
    this.#call = call;
  }

  /** Ids of all free slots, best first: the way of the keys next and previous. */
  get free(): string[] {
    return this.list.map((slot) => slot.id).filter((id) => isFree(this.#desk.slot(id), this.#desk.now));
  }

  /** The numbers stay: the regulator is in the middle of a hold. */
  get steady(): boolean {
    return this.#busy();
  }

  get anyGone(): boolean {
    return this.shown.some((id) => !this.#standing(this.#desk.slot(id)));
  }

  /** Drops the numbered ones: keys must not act on proposals for other wishes. */
  forget() {
    this.shown = [];
    this.loading = true;
  }

  /**
   * Searches again; `anew` when the caller's wishes changed, so that places no longer
   * matter; `forCase` lets the case weigh in, and notes on it that something was proposed.
   */
  async search(anew: boolean, forCase = true) {
    this.close();
    const asking = (this.#asking = new AbortController());
    const slow = setTimeout(() => asking.abort(), patience);
    this.loading = true;
    try {
      const answers = await Promise.all(
        this.#desk.territories.map(({ id }) => this.#ask(id, forCase, asking.signal)),
      );
      if (asking !== this.#asking) return;
      this.failed = false;
      this.#failures = 0;
      this.list = merged(answers, this.#wishes());
      this.#number(anew);
    } catch {
      if (asking === this.#asking) this.#tryLater(anew, forCase);
    } finally {
      clearTimeout(slow);
      if (asking === this.#asking) this.loading = false;
    }
  }

  /** Searches at once what failed: the server is back, or it was asked for. */
  async again() {
    if (this.failed) await this.search(this.shown.length === 0);
  }

  /** Stops what is asked for, and what would be. */
  close() {
    clearTimeout(this.#retry);
    this.#asking?.abort();
    this.#asking = undefined;
  }

  // What was found before stays.
  #tryLater(anew: boolean, forCase: boolean) {
    this.failed = true;
    const wait = retryAfter(++this.#failures);
    this.#retry = setTimeout(() => void this.search(anew, forCase), wait);
  }

  // What this regulator holds stays where it was proposed.
  #standing(slot: Slot | undefined): boolean {
    return isFree(slot, this.#desk.now) || (slot !== undefined && !!myHold(slot, this.#desk.me.id));
  }

  async #ask(territory: string, forCase: boolean, signal: AbortSignal): Promise<Slot[]> {
    const query = {
      territory,
      near: this.#call.commune?.insee,
      case: forCase ? this.#call.id : undefined,
      from: this.#desk.line.now().toISOString(),
      to: this.#desk.watch.to.toISOString(),
      free: true,
      limit: ranked,
    };
    return (await api.get('/slots', { query, signal })).items;
  }

  #wishes() {
    const { caller, wished } = this.#call;
    const { people } = this.#desk;
    return {
      now: this.#desk.line.now(),
      delayMinutes: wished,
      located: caller.commune !== undefined,
      ownMT: (slot: Slot) => people.nearness(slot.practitioner, slot.location, caller).ownMT,
    };
  }

  #number(anew: boolean) {
    const seen = new Map(this.list.map((slot) => [slot.id, slot]));
    const { line } = this.#desk;
    const free = (id: string) => this.#standing(line.slots.get(id) ?? seen.get(id));
    const ids = this.list.map((slot) => slot.id);
    this.shown = numbered(anew ? [] : this.shown, ids, free, proposalCount, this.steady);
  }
}
