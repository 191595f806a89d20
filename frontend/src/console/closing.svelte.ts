import { api, home } from '../api/client';
import { wordsOf } from '../api/problem';
import type { CallEffort, Case, CaseOutcome, WhyKind } from '../api/types';
import { announce } from '../ui/announce.svelte';
import { tellEffort } from './effort';

/** Why a case found no solution; in words when the kind does not say it. */
export interface Why {
  kind: WhyKind;
  words?: string;
}

/** A case that was ended, and can still be taken back. */
export interface Ending {
  kase: Case;
  outcome: CaseOutcome;
  why?: Why;
  /** What the call asked; missing when it is for somebody else to tell. */
  effort?: CallEffort;
}

/** How long an outcome can be taken back before it is sent; hardly in an entraînement, which answers it. */
export const undoFor = home ? 600 : 6_000;

/** Sends the outcome of a case, after a pause in which a slip of the hand is undone. One at a time. */
export class Closing {
  pending = $state.raw<Ending>();

  #timer?: ReturnType<typeof setTimeout>;
  #onSent: () => void;

  constructor(onSent: () => void) {
    this.#onSent = onSent;
  }

  begin(ending: Ending) {
    this.flush();
    this.pending = ending;
    this.#timer = setTimeout(() => this.flush(), undoFor);
  }

  /** Gives back what was about to be sent. */
  undo(): Ending | undefined {
    clearTimeout(this.#timer);
    const { pending } = this;
    this.pending = undefined;
    return pending;
  }

  /** Sends at once: another case ends, or the page is left. */
  flush() {
    const ending = this.undo();
    if (ending) void this.#send(ending);
  }

  /** Ends a case that holds nothing worth keeping, without a word. */
  abandon(id: string) {
    return api.post('/cases/{id}/close', { path: { id }, body: { outcome: 'abandoned' } }).then(
      () => this.#onSent(),
      () => {}, // It stays among the open cases.
    );
  }

  async #send({ kase: { id }, outcome, why, effort }: Ending) {
    try {
      const because = why && { whyKind: why.kind, ...(why.words && { why: why.words }) };
      const body = { outcome, ...because };
      await api.post('/cases/{id}/close', { path: { id }, body, keepalive: true });
      if (effort) void tellEffort(id, effort);
    } catch (error) {
      announce(wordsOf(error), 'bad');
    }
    this.#onSent();
  }
}
