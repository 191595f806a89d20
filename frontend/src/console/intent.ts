import { intentKey } from '../api/client';

/**
 * Keeps one idempotency key per intent: the same request tried again carries the same key, so that a
 * booking whose answer was lost is never made twice; a changed request is another intent.
 */
export class Intent {
  #body = '';
  #key = '';

  keyFor(request: unknown): string {
    const body = JSON.stringify(request);
    if (body !== this.#body || !this.#key) {
      this.#body = body;
      this.#key = intentKey();
    }
    return this.#key;
  }

  /** The intent is settled: the next request is a new one even if it reads the same. */
  done() {
    this.#key = '';
  }
}
