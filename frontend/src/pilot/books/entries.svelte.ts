import { api } from '../../api/client';
import { wordsOf } from '../../api/problem';
import type { Filter } from './filter';
import type { Entry } from './kinds';

const atATime = 100;
// What is asked for as a whole: pages as large as the service gives, and no more than a browser draws.
const largest = 500;
const mostDrawn = 5000;

/** The entries that a filter lets through, a page after the other. */
export class EntryPages {
  items = $state.raw<Entry[]>([]);
  next = $state.raw<string>();
  busy = $state(true);
  problem = $state('');
  /** The filter that the entries answer. */
  #filter: Filter | undefined;
  #asking: AbortController | undefined;
  readonly #territory: string;

  constructor(territory: string) {
    this.#territory = territory;
  }

  /** Reads the first page of a filter; what is there stays until the answer comes. */
  load(filter: Filter) {
    this.#filter = filter;
    return this.#read(undefined, (page) => (this.items = page));
  }

  /** Reads the page that follows. */
  more(limit = atATime) {
    if (!this.next) return;
    return this.#read(
      this.next,
      (page) => {
        const known = new Set(this.items.map(({ id }) => id));
        this.items = [...this.items, ...page.filter(({ id }) => !known.has(id))];
      },
      limit,
    );
  }

  /** Reads all that follows, as far as a browser can draw it. */
  async rest() {
    const filter = this.#filter;
    const most = this.items.length + mostDrawn;
    while (this.next && this.#filter === filter && this.items.length < most) {
      const before: string = this.next;
      await this.more(largest);
      // It failed, or something else is read by now.
      if (this.next === before) return;
    }
  }

  again = () => this.#filter && this.load(this.#filter);

  leave = () => this.#asking?.abort();

  async #read(cursor: string | undefined, take: (page: Entry[]) => void, limit = atATime) {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const { year, account, journal, envelope, order } = this.#filter!;
    const query = {
      territory: this.#territory,
      year,
      account: account || undefined,
      journal: journal || undefined,
      envelope: envelope || undefined,
      order,
      cursor,
      limit,
    };
    this.busy = true;
    this.problem = '';
    try {
      const page = await api.get('/funding/entries', { query, signal: asking.signal });
      take(page.items);
      this.next = page.next;
    } catch (error) {
      if (!asking.signal.aborted) this.problem = wordsOf(error);
    }
    if (this.#asking === asking) this.busy = false;
  }
}
