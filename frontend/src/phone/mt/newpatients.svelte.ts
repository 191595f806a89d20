import { all, api } from '../../api/client';
import { wordsOf } from '../../api/problem';
import type { MTAnswer, MTCapacity, MTCapacityDeclaration, MTOffer } from '../../api/types';
import { mustConfirm } from './capacity';

const over = ['accepted', 'declined', 'expired', 'withdrawn', 'ended'] as const;

/**
 * The patients without médecin traitant that are offered to this doctor, and how many they take. Held in
 * this page's memory only. Those accepted come with their identity, whose every reading is kept on record:
 * they are asked for when their part of the page is opened, and not before.
 */
export class NewPatients {
  /** Undefined while none was ever declared, or nothing is known. */
  capacity = $state.raw<MTCapacity>();
  /** The current one, "2026-Q4". */
  quarter = $state('');
  /** Offers that wait for an answer. */
  waiting = $state.raw<MTOffer[]>([]);
  /** Those answered, expired or withdrawn; known once their part was opened. */
  past = $state.raw<MTOffer[]>([]);
  known = $state(false);
  pastKnown = $state(false);
  problem = $state('');
  /** Their part of the page is open. */
  watched = false;
  readonly asksAgain = $derived(mustConfirm(this.capacity));

  #territory: string;
  // A reading that was on its way while something was answered is out of date.
  #turn = 0;

  constructor(territory: string) {
    this.#territory = territory;
  }

  /** Reads the capacity and what waits. */
  async read() {
    const territory = this.#territory;
    const turn = this.#turn;
    await this.#attempt(async () => {
      const state = ['pending' as const];
      const [capacities, waiting] = await Promise.all([
        api.get('/mt/capacities', { query: { territory } }),
        all((cursor) => api.get('/mt/offers', { query: { territory, state, cursor } })),
      ]);
      if (turn !== this.#turn) return;
      this.quarter = capacities.quarter;
      this.capacity = capacities.items[0];
      // What left the list since was answered elsewhere, withdrawn, or has expired.
      const gone = this.waiting.some(({ id }) => !waiting.some((one) => one.id === id));
      this.waiting = waiting;
      this.known = true;
      if (gone && this.pastKnown) await this.#readPast();
    });
  }

  /** Whether they are shown: what another phone answered leaves this one too. */
  get shown(): boolean {
    return this.watched || this.waiting.length > 0;
  }

  /** Reads what was answered before. */
  readPast(): Promise<void> {
    return this.#attempt(() => this.#readPast());
  }

  /** Declares for the current quarter; throws when it is refused. */
  async declare(declaration: Omit<MTCapacityDeclaration, 'territory' | 'practitioner'>) {
    const body = { territory: this.#territory, ...declaration };
    this.capacity = await api.put('/mt/capacities', { body });
    this.#turn++;
    this.quarter = this.capacity.quarter;
  }

  /** Answers; the same answer twice is one. Throws when it is refused. */
  async answer({ id }: MTOffer, body: MTAnswer) {
    this.#put(await api.post('/mt/offers/{id}/answer', { path: { id }, body }));
    void this.read(); // What is left of the places.
  }

  /** Reads one offer again: it stands otherwise than what is shown. */
  async again({ id }: MTOffer) {
    this.#put(await api.get('/mt/offers/{id}', { path: { id } }));
    void this.read();
  }

  #put(offer: MTOffer) {
    this.#turn++;
    const rest = (list: MTOffer[]) => list.filter(({ id }) => id !== offer.id);
    const waits = offer.state === 'pending';
    this.waiting = waits
      ? this.waiting.map((one) => (one.id === offer.id ? offer : one))
      : rest(this.waiting);
    if (!waits) this.past = [offer, ...rest(this.past)];
  }

  async #readPast() {
    const query = { territory: this.#territory, state: [...over] };
    this.past = await all((cursor) => api.get('/mt/offers', { query: { ...query, cursor } }), 500);
    this.pastKnown = true;
  }

  async #attempt(action: () => Promise<void>) {
    try {
      await action();
      this.problem = '';
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}
