import { api } from '../../api/client';
import { Problem, wordsOf } from '../../api/problem';
import { announce } from '../../ui/announce.svelte';
import type { Answer, MTEvent, MTRequest, Offer, RequestChange, Step } from './kinds';
import { told } from './told';
import { words } from './words';

// A session that ended leaves what was typed on the page: its form says so.
const anonymous = true;

/** One request as it is worked on: it, its history, and the offer it has. */
export class Dossier {
  request = $state.raw<MTRequest>();
  events = $state.raw<MTEvent[]>([]);
  offer = $state.raw<Offer>();
  problem = $state('');
  busy = $state(false);
  /** What others did since it was read, when a step was refused because of it. */
  meanwhile = $state('');

  readonly id: string;
  readonly #changed: (request: MTRequest) => void;
  readonly #stale: () => void;

  /**
   * `changed` is told of the request whenever it was read or took a step; `stale` is called when others
   * were found to have changed something.
   */
  constructor(id: string, changed: (request: MTRequest) => void, stale: () => void = () => undefined) {
    this.id = id;
    this.#changed = changed;
    this.#stale = stale;
  }

  /** Reads everything again. */
  async load() {
    this.problem = '';
    this.busy = true;
    try {
      const request = await api.get('/mt/requests/{id}', { path: { id: this.id } });
      // Once erased it is like nobody's: what was known of its duplicates stays.
      this.#take(request.erased ? { duplicates: this.request?.duplicates, ...request } : request);
      await this.#around();
    } catch (error) {
      this.problem = wordsOf(error);
    }
    this.busy = false;
  }

  /** Takes a step; throws the Problem when it is refused. */
  step(body: Step) {
    return this.#send(async () => {
      const duplicates = this.request?.duplicates;
      // A note overwrites nothing, whatever happened since.
      const revision = body.kind === 'noted' ? undefined : this.request?.revision;
      const path = { id: this.id };
      const request = await api.post('/mt/requests/{id}/events', {
        path,
        body: { ...body, revision },
        anonymous,
      });
      // Only a reading looks for duplicates; a step leaves them as they were.
      this.#take({ duplicates, ...request });
      await this.#around();
    });
  }

  /** Erases this request, or one that may be of the same patient: a withdrawal holds whatever happened since. */
  erase(id: string) {
    return this.#send(async () => {
      const request = await api.post('/mt/requests/{id}/events', {
        path: { id },
        body: { kind: 'erased' },
        anonymous,
      });
      const duplicates = this.request?.duplicates?.filter((twin) => twin !== id);
      if (id === this.id) {
        this.#take({ ...request, duplicates });
        return this.#around();
      }
      this.#changed(request);
      this.request = { ...this.request!, duplicates };
    });
  }

  /** Merges a request into another one; either may be this one, which is then read again. */
  merge(goes: MTRequest, stays: string) {
    return this.#send(async () => {
      const body: Step = { kind: 'merged', into: stays, revision: goes.revision };
      await api.post('/mt/requests/{id}/events', { path: { id: goes.id }, body, anonymous });
      await this.load();
    });
  }

  change(body: RequestChange) {
    return this.#send(async () => {
      const revision = this.request?.revision;
      await api.patch('/mt/requests/{id}', { path: { id: this.id }, body: { ...body, revision }, anonymous });
      await this.load();
    });
  }

  /** Offers the patient to a GP. */
  send(practitioner: string) {
    return this.#send(async () => {
      const request = this.request!;
      const lines = [{ request: request.id, practitioner }];
      const { items } = await api.post('/mt/offers', {
        body: { territory: request.territory, lines },
        anonymous,
      });
      const sent = items[0];
      if (sent?.reason) throw new Problem({ reason: sent.reason, title: sent.message, status: 409 });
      await this.load();
    });
  }

  /** Writes down what a GP said on the telephone to an offer. */
  answer(id: string, body: Answer) {
    return this.#send(async () => {
      await api.post('/mt/offers/{id}/answer', { path: { id }, body, anonymous });
      await this.load();
    });
  }

  withdraw() {
    return this.#send(async () => {
      await api.post('/mt/offers/{id}/withdraw', { path: { id: this.offer!.id }, anonymous });
      await this.load();
    });
  }

  // What is refused because of others is read again, and what they did is said.
  async #send(go: () => Promise<void>) {
    this.meanwhile = '';
    try {
      await go();
    } catch (error) {
      if (error instanceof Problem && error.status === 409) await this.#catchUp(error);
      throw error;
    }
  }

  async #catchUp(refusal: Problem) {
    const known = new Set(this.events.map(({ id }) => id));
    await this.load();
    this.#stale();
    const t = words.dossier;
    const news = this.events
      .filter(({ id }) => !known.has(id))
      .map((event) => t.happened(told(event), event.by))
      .join(' ; ');
    if (!news) return;
    this.meanwhile = t.meanwhile(news.charAt(0).toLowerCase() + news.slice(1));
    refusal.message = `${refusal.message} ${news}.`;
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
