import { api } from '../../api/client';
import { wordsOf } from '../../api/problem';
import type { Filter } from './filter';
import type { Entry } from './kinds';

const atATime = 100;

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
  more() {
    if (!this.next) return;
    return this.#read(this.next, (page) => {
      const known = new Set(this.items.map(({ id }) => id));
      this.items = [...this.items, ...page.filter(({ id }) => !known.has(id))];
    });
  }

  again = () => this.#filter && this.load(this.#filter);

  leave = () => this.#asking?.abort();

  async #read(cursor: string | undefined, take: (page: Entry[]) => void) {
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
      limit: atATime,
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
