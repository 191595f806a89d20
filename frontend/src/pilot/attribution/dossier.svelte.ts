import { api } from '../../api/client';
import { Problem, wordsOf } from '../../api/problem';
import { announce } from '../../ui/announce.svelte';
import type { Answer, MTEvent, MTRequest, Offer, RequestChange, Step } from './kinds';

/** One request as it is worked on: it, its history, and the offer it has. */
export class Dossier {
  request = $state.raw<MTRequest>();
  events = $state.raw<MTEvent[]>([]);
  offer = $state.raw<Offer>();
  problem = $state('');
  busy = $state(false);

  readonly id: string;
  readonly #changed: (request: MTRequest) => void;

  /** `changed` is told of the request whenever it was read or took a step. */
  constructor(id: string, changed: (request: MTRequest) => void) {
    this.id = id;
    this.#changed = changed;
  }

  /** Reads everything again. */
  async load() {
    this.problem = '';
    this.busy = true;
    try {
      this.#take(await api.get('/mt/requests/{id}', { path: { id: this.id } }));
      await this.#around();
    } catch (error) {
      this.problem = wordsOf(error);
    }
    this.busy = false;
  }

  /** Takes a step; throws the Problem when it is refused. */
  async step(body: Step) {
    const duplicates = this.request?.duplicates;
    const request = await api.post('/mt/requests/{id}/events', { path: { id: this.id }, body });
    // Only a reading looks for duplicates; a step leaves them as they were.
    this.#take({ duplicates, ...request });
    await this.#around();
  }

  /** Merges a request into another one; either may be this one, which is then read again. */
  async merge(goes: string, stays: string) {
    await api.post('/mt/requests/{id}/events', { path: { id: goes }, body: { kind: 'merged', into: stays } });
    await this.load();
  }

  async change(body: RequestChange) {
    await api.patch('/mt/requests/{id}', { path: { id: this.id }, body });
    await this.load();
  }

  /** Offers the patient to a GP. */
  async send(practitioner: string) {
    const request = this.request!;
    const lines = [{ request: request.id, practitioner }];
    const { items } = await api.post('/mt/offers', { body: { territory: request.territory, lines } });
    const sent = items[0];
    if (sent?.reason) throw new Problem({ reason: sent.reason, title: sent.message, status: 409 });
    await this.load();
  }

  /** Writes down what a GP said on the telephone. */
  async answer(body: Answer) {
    await api.post('/mt/offers/{id}/answer', { path: { id: this.offer!.id }, body });
    await this.load();
  }

  async withdraw() {
    await api.post('/mt/offers/{id}/withdraw', { path: { id: this.offer!.id } });
    await this.load();
  }

  #take(request: MTRequest) {
    this.request = request;
    this.#changed(request);
  }

  // History and offer are read beside: without them the dossier still says what it knows.
  async #around() {
    const path = { id: this.id };
    const offer = this.request?.offer;
    try {
      const [history, current] = await Promise.all([
        api.get('/mt/requests/{id}/events', { path }),
        offer ? api.get('/mt/offers/{id}', { path: { id: offer } }) : undefined,
      ]);
      this.events = history.items;
      this.offer = current;
    } catch (error) {
      announce(wordsOf(error), 'bad');
    }
  }
}
