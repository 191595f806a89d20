import type { Slot } from '../api/types';

/** How many seats of each slot are booked, to tell whether the day's bookings have changed. */
export class BookedSeats {
  #of?: Map<string, number>;

  /**
   * Takes slots in, all of the board or some, and says whether a booking came or went; the first time
   * that is not known.
   */
  changed(slots: Iterable<Slot>, all: boolean): boolean {
    const before = this.#of;
    this.#of = before && !all ? before : new Map();
    let changed = false;
    for (const { id, booked } of slots) {
      changed ||= (before?.get(id) ?? 0) !== booked;
      if (booked > 0) this.#of.set(id, booked);
      else this.#of.delete(id);
    }
    return before !== undefined && (changed || (all && this.#of.size !== before.size));
  }
}
