import { api } from '../../api/client';
import { wordsOf } from '../../api/problem';
import { recall, remember } from '../../ui/memory';
import { machineNow } from '../../ui/time';
import { fits, groups, queryOf, type Filter, type Group } from './filter';
import type { MTRequest } from './kinds';
import { unsaved } from '../forms/unsaved';

const staleAfter = 30_000;

/**
 * The requests that the nurse works through, a page after the other. Every page is read with its
 * identities and is audited: nothing is read that is not shown.
 */
export class Worklist {
  filter = $state.raw<Filter>({ group: rememberedGroup(), tier: 0, commune: '' });
  /** The family name that was looked for; "" while the list is shown. It stays in this page's memory. */
  family = $state('');
  items = $state.raw<MTRequest[]>([]);
  next = $state.raw<string>();
  busy = $state(true);
  problem = $state('');
  /** When the list was read. */
  at = $state.raw<Date>();

  readonly #territory: string;
  #asking: AbortController | undefined;

  constructor(territory: string) {
    this.#territory = territory;
  }

  /** Shows another part of the list. */
  choose(change: Partial<Filter>) {
    this.filter = { ...this.filter, ...change };
    remember('pilot.mt.group', this.filter.group);
    this.items = [];
    this.at = undefined;
    void this.load();
  }

  /** Looks for a family name; "" comes back to the list. */
  find(family: string) {
    if (family === this.family && !this.problem) return;
    this.family = family;
    this.items = [];
    this.at = undefined;
    void this.load();
  }

  /** Reads the list again from its start; what is there stays until the answer comes. */
  async load() {
    await this.#read(async (signal) => {
      const page = this.family
        ? await api.post('/mt/requests/search', {
            body: { territory: this.#territory, family: this.family },
            signal,
          })
        : await api.get('/mt/requests', { query: queryOf(this.#territory, this.filter), signal });
      this.items = page.items;
      this.next = page.next;
      this.at = machineNow();
    });
  }

  /** Reads the page that follows. */
  async more() {
    const cursor = this.next;
    if (!cursor) return;
    await this.#read(async (signal) => {
      const query = queryOf(this.#territory, this.filter, cursor);
      const page = await api.get('/mt/requests', { query, signal });
      const known = new Set(this.items.map(({ id }) => id));
      this.items = [...this.items, ...page.items.filter(({ id }) => !known.has(id))];
      this.next = page.next;
    });
  }

  /** Takes over a request as a step left it: it stays in its row, or leaves the list. */
  take(request: MTRequest) {
    const stays = (one: MTRequest) =>
      one.id !== request.id || this.family !== '' || fits(request, this.filter);
    this.items = this.items
      .map((one) => (one.id === request.id ? { ...one, ...request } : one))
      .filter(stays);
  }

  /** Reads again when the page comes back into sight; gives what ends that. */
  follow(): () => void {
    const seen = () => {
      // With a form open, a session that ended must not take the page away.
      if (document.hidden || this.busy || unsaved()) return;
      if (this.at && machineNow().getTime() - this.at.getTime() > staleAfter) void this.load();
    };
    addEventListener('focus', seen);
    document.addEventListener('visibilitychange', seen);
    return () => {
      removeEventListener('focus', seen);
      document.removeEventListener('visibilitychange', seen);
      this.#asking?.abort();
    };
  }

  async #read(read: (signal: AbortSignal) => Promise<void>) {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.busy = true;
    this.problem = '';
    try {
      await read(asking.signal);
    } catch (error) {
      if (!asking.signal.aborted) this.problem = wordsOf(error);
    }
    if (this.#asking === asking) this.busy = false;
  }
}

function rememberedGroup(): Group {
  const last = recall<string>('pilot.mt.group', 'received');
  return groups.find((group) => group === last) ?? 'received';
}
