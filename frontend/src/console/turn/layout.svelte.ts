import type { Row } from '../board/rows';
import type { Caller } from '../nearness';
import { keepOrder, nearerCount, orderFor } from '../order';
import type { Workspace } from '../workspace.svelte';

const half = 1_800_000;

/** What the board shows, and in which order. Rows keep their place until the regulator asks for the new one. */
export class Layout {
  /** Practitioners by row. */
  order = $state.raw<string[]>([]);
  /** For whom the rows are sorted: still the last caller, once their appointment is booked. */
  sortedFor = $state.raw<Caller & { name?: string }>({});
  /** Where the board begins, in milliseconds. Moves on between calls only. */
  from = $state(0);
  /** The rows as laid out; set by the board, read by the arrow keys. */
  rows: Row[] = [];

  readonly #work: Workspace;
  #settled = $state(0);
  #complete = false;

  constructor(work: Workspace) {
    this.#work = work;
  }

  /** The order a fresh look would give to the same caller; follows slots that come or go, not their states. */
  get freshOrder(): string[] {
    const { desk } = this.#work;
    void desk.layout;
    const ahead = [...desk.line.slots.values()].filter((slot) => Date.parse(slot.end) > this.from);
    return orderFor(desk.people.all, ahead, this.sortedFor, desk.line.now());
  }

  /** How many newcomers are nearer than rows shown above them; without a call they take their place at once. */
  get nearer(): number {
    if (!this.#work.call.begun) return 0;
    return nearerCount(this.order, this.#settled, this.freshOrder);
  }

  /** Orders the rows anew: the caller's commune or médecin traitant changed, or it was asked for. */
  reorder() {
    const { call } = this.#work;
    this.sortedFor = { ...call.caller, name: call.commune?.name };
    this.order = this.freshOrder;
    this.#settled = this.order.length;
  }

  /** Lets newcomers in: at the end, or where they belong when nobody calls and rows may move. */
  admit() {
    const { call, reserve } = this.#work;
    const alone = !call.begun && !reserve.done && !reserve.holding;
    const fresh = this.freshOrder; // read once: it looks at every slot
    const next = keepOrder(this.order, fresh);
    if (alone && nearerCount(next, this.#settled, fresh) > 0) return this.reorder();
    if (next.length > this.order.length) this.order = next;
  }

  /** Begins the board at the half hour it is now. */
  toNow() {
    this.from = Math.floor(this.#work.desk.line.now().getTime() / half) * half;
  }

  /** The first state of the territory came, or all of it was read again. */
  laidOut() {
    // Until each territory has told its slots, nothing stands yet that would have to keep its place.
    if (this.order.length === 0 || !this.#complete) {
      this.toNow();
      this.reorder();
    }
    this.#complete = this.#work.desk.line.complete;
  }
}
