import { recall, remember } from '../ui/memory';

/** After so many bookings on this machine its regulators know the way. */
const enough = 3;

/** Whether the main path is still told in keys. */
class Lessons {
  #booked = $state(recall('console.booked', 0));

  get on(): boolean {
    return this.#booked < enough;
  }

  booked() {
    if (this.on) remember('console.booked', ++this.#booked);
  }
}

export const lessons = new Lessons();
