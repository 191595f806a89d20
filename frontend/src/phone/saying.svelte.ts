const quiet = 600;
const stay = 8000;

/**
 * Who was just told venu or pas venu. They keep their place for a while, so that the answer can be
 * corrected and nobody slides under the finger; and after each answer, as when they leave, no other
 * answer is taken for a moment: the second tap of a double tap is never for someone else.
 */
export class Saying {
  kept = $state.raw<ReadonlySet<string>>(new Set());
  #lockedUntil = 0;
  #leaving?: ReturnType<typeof setTimeout>;
  #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes an answer for a booking, or refuses it because another was given a moment ago. */
  take(booking: string): boolean {
    if (this.#now() < this.#lockedUntil) return false;
    this.#lock();
    this.kept = new Set(this.kept).add(booking);
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.#leave(), stay);
    return true;
  }

  stop() {
    clearTimeout(this.#leaving);
  }

  #leave() {
    this.#lock();
    this.kept = new Set();
  }

  #lock() {
    this.#lockedUntil = this.#now() + quiet;
  }
}
