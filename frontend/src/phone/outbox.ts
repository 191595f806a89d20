import { intentKey } from '../api/client';
import { Problem } from '../api/problem';
import type { NewOpening, Opening } from '../api/types';

/** A publication on its way: waiting for the network, refused for good, or too late to be sent. */
export interface Parcel {
  key: string;
  opening: NewOpening;
  state: 'waiting' | 'sending' | 'refused' | 'expired';
  /** Why it was refused, in words. */
  why?: string;
}

export interface OutboxOptions {
  send: (opening: NewOpening, key: string) => Promise<Opening>;
  load: () => Parcel[];
  save: (parcels: Parcel[]) => void;
  onChange: (parcels: Parcel[]) => void;
  now?: () => number;
}

/**
 * Publications that wait on this phone until the server has them. Each keeps one idempotency key for
 * all its tries, so that an answer lost on the way never publishes twice. A slot is never published
 * once its start has passed.
 */
export class Outbox {
  #parcels: Parcel[];
  #options: OutboxOptions;
  #flushing = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    // A page closed while sending does not know the fate of the request: send it again.
    this.#parcels = options.load().map((p) => (p.state === 'sending' ? { ...p, state: 'waiting' } : p));
    this.#changed();
  }

  /** Sends an opening, and keeps it when it cannot be sent now. Throws the Problem of a refusal. */
  async publish(opening: NewOpening): Promise<'sent' | 'waiting'> {
    const parcel: Parcel = { key: intentKey(), opening, state: 'waiting' };
    this.#parcels = [...this.#parcels, parcel];
    this.#changed();
    try {
      return await this.#try(parcel.key);
    } catch (error) {
      this.drop(parcel.key);
      throw error;
    }
  }

  /** Sends what waits: the network is back, the page is shown again, or someone asks. */
  async flush() {
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      for (const { key, state } of this.#parcels) {
        if (state === 'waiting') await this.#try(key).catch((error: unknown) => this.#refuse(key, error));
      }
    } finally {
      this.#flushing = false;
    }
  }

  drop(key: string) {
    this.#parcels = this.#parcels.filter((p) => p.key !== key);
    this.#changed();
  }

  async #try(key: string): Promise<'sent' | 'waiting'> {
    const parcel = this.#parcels.find((p) => p.key === key);
    if (!parcel) return 'sent';
    if (Date.parse(parcel.opening.start) < (this.#options.now ?? Date.now)()) {
      this.#mark(key, { state: 'expired' });
      return 'waiting';
    }
    this.#mark(key, { state: 'sending' });
    try {
      await this.#options.send(parcel.opening, key);
      this.drop(key);
      return 'sent';
    } catch (error) {
      this.#mark(key, { state: 'waiting' });
      // Signed out meanwhile is no refusal of the slot: it waits for the next sign-in.
      if (error instanceof Problem && (error.passing || error.status === 401)) return 'waiting';
      throw error;
    }
  }

  #refuse(key: string, error: unknown) {
    this.#mark(key, { state: 'refused', why: error instanceof Error ? error.message : undefined });
  }

  #mark(key: string, change: Partial<Parcel>) {
    this.#parcels = this.#parcels.map((p) => (p.key === key ? { ...p, ...change } : p));
    this.#changed();
  }

  #changed() {
    this.#options.save(this.#parcels);
    this.#options.onChange(this.#parcels);
  }
}
