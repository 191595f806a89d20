import { api, intentKey } from '../api/client';
import { Problem } from '../api/problem';
import type { Acceptance, Booking, Solicitation } from '../api/types';

/** What the regulation asks of this doctor on top of their slots, and what became of it. */
export class Asked {
  waiting = $state.raw<Solicitation[]>([]);
  /** Taken by this doctor a moment ago: who comes. */
  won = $state.raw<Booking>();
  /** Taken by somebody else, or asked for no longer. */
  lost = $state(false);

  // One key for one answer, whatever its tries.
  #keys = new Map<string, string>();

  async read(now = Date.now()) {
    try {
      const { items } = await api.get('/solicitations', { query: { open: true } });
      const waiting = items.filter(isMine);
      // What stood here and ended before its time was taken by somebody else, or withdrawn.
      this.lost ||= this.waiting.some(
        ({ id, until }) => Date.parse(until) > now && !waiting.some((q) => q.id === id),
      );
      this.waiting = waiting;
    } catch {
      // The question is also pushed; the next look asks again.
    }
  }

  /** Takes the patient, or tells that somebody was faster (false). Throws any other Problem. */
  async accept(question: Solicitation, acceptance: Acceptance): Promise<boolean> {
    const intent = JSON.stringify([question.id, acceptance]);
    const key = this.#keys.get(intent) ?? intentKey();
    this.#keys.set(intent, key);
    try {
      const path = { id: question.id };
      this.won = await api.post('/solicitations/{id}/accept', { path, body: acceptance, key });
      this.#forget(question);
      return true;
    } catch (error) {
      this.#settled(error, question);
      return false;
    }
  }

  async decline(question: Solicitation) {
    try {
      await api.post('/solicitations/{id}/decline', { path: { id: question.id } });
      this.#forget(question);
    } catch (error) {
      this.#settled(error, question);
    }
  }

  /** Its time is over. */
  lapse(question: Solicitation) {
    this.#forget(question);
  }

  close() {
    [this.won, this.lost] = [undefined, false];
  }

  #settled(error: unknown, question: Solicitation) {
    const gone = ['regulation.solicitation_settled', 'regulation.solicitation_unknown'];
    if (!(error instanceof Problem) || !gone.includes(error.reason)) throw error;
    this.#forget(question);
    this.lost = true;
  }

  #forget({ id }: Solicitation) {
    this.waiting = this.waiting.filter((one) => one.id !== id);
  }
}

// A GP sees themselves alone among those asked.
const isMine = ({ state, practitioners }: Solicitation) =>
  state === 'waiting' && practitioners.some(({ answer }) => answer === 'waiting');
