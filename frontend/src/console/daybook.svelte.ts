import { all, api } from '../api/client';
import { wordsOf } from '../api/problem';
import type { Booking, Case, LiveNotice, Slot } from '../api/types';
import { announce } from '../ui/announce.svelte';
import type { Desk } from './desk.svelte';
import { recall, remember } from '../ui/memory';
import { BookedSeats } from './bookedseats';
import { tellSeen } from './seen';
import { c } from './messages';

/** What happened to one of my bookings, until I have seen it. The names are fetched, never kept. */
export interface Notice {
  frame: LiveNotice;
  booking?: Booking;
}

/** "Fictif Ana", "" when the patient is not for these eyes. */
export const patientName = ({ patient }: Booking): string =>
  [patient?.family, patient?.given].filter(Boolean).join(' ');

const byOpening = (a: Case, b: Case) => Date.parse(b.openedAt) - Date.parse(a.openedAt);

const casesEvery = 60_000;
const settle = 3_000;
const bookingsAtMost = 20_000;

/**
 * What is around the call: open cases, the bookings of the board's days, notices. Reading them shows
 * patients and is written down as such, so that bookings are read again only when one came or went.
 */
export class Daybook {
  cases = $state.raw<Case[]>([]);
  bookings = $state.raw<Booking[]>([]);
  notices = $state.raw<Notice[]>([]);

  #desk: Desk;
  #timer: ReturnType<typeof setInterval>;
  #later?: ReturnType<typeof setTimeout>;
  #readAt = 0;
  #booked = new BookedSeats();
  #stop: () => void;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#timer = setInterval(
      () => document.visibilityState === 'visible' && void this.readCases(),
      casesEvery,
    );
    this.#stop = desk.onSlots((change) => {
      const slots = change.all ? desk.line.slots.values() : change.slots;
      if (this.#booked.changed(slots, change.all)) this.#readLater();
    });
    for (const frame of recall<LiveNotice[]>('notices', [])) void this.noticed(frame);
    void this.refresh();
  }

  close() {
    clearInterval(this.#timer);
    clearTimeout(this.#later);
    this.#stop();
  }

  refresh(): Promise<void[]> {
    return Promise.all([this.readCases(), this.#readBookings()]);
  }

  /** The bookings as they are now, for a list that will be taken for true. */
  readNow(): Promise<void> {
    return this.#readBookings();
  }

  /** The bookings that stand, by start. */
  get live(): Booking[] {
    return this.bookings
      .filter((booking) => booking.state !== 'cancelled')
      .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  }

  /** Those of a slot still to come, to be cancelled from the board. */
  of(slot: string): Booking[] {
    return this.live.filter((booking) => booking.slot === slot && booking.state === 'booked');
  }

  /** Looks again for the bookings of a slot when fewer are known than the board shows. */
  lookUp(slot: Slot) {
    if (this.of(slot.id).length < slot.booked) void this.#readBookings();
  }

  /** A personal notice came; it stays until it is dismissed, over a reload too. */
  async noticed(frame: LiveNotice) {
    if (frame.kind !== 'booking_cancelled' && frame.kind !== 'case_reopened') return;
    if (frame.territory && !this.#desk.shows(frame.territory)) return;
    const same = (n: Notice) => n.frame.booking === frame.booking && n.frame.slot === frame.slot;
    if (!this.notices.some(same)) this.#keep([...this.notices, { frame }]);
    void this.refresh();
    if (!frame.booking) return;
    try {
      const booking = await api.get('/bookings/{id}', { path: { id: frame.booking } });
      this.#keep(this.notices.map((n) => (n.frame.booking === frame.booking ? { ...n, booking } : n)));
    } catch {
      // The notice is shown without the name.
    }
  }

  dismiss(notice: Notice) {
    this.#keep(this.notices.filter((n) => n.frame !== notice.frame));
    void tellSeen(notice.frame);
  }

  async cancel(booking: Booking, by: 'patient' | 'regulator', reason: string): Promise<boolean> {
    try {
      await api.post('/bookings/{id}/cancel', { path: { id: booking.id }, body: { by, reason } });
      announce(c.bookings.done, 'good');
      await this.#readBookings();
      return true;
    } catch (error) {
      announce(wordsOf(error), 'bad');
      return false;
    }
  }

  async readCases() {
    try {
      const lists = await Promise.all(
        this.#desk.territories.map(({ id: territory }) =>
          api.get('/cases', { query: { territory, open: true, limit: 200 } }),
        ),
      );
      this.cases = lists.flatMap(({ items }) => items).toSorted(byOpening);
    } catch {
      // Shown as they were; the line's banner says when the server is away.
    }
  }

  async #readBookings() {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#readAt = Date.now();
    const { territories, watch } = this.#desk;
    const [from, to] = [watch.from.toISOString(), watch.to.toISOString()];
    const of = (territory: string) =>
      all((cursor) => api.get('/bookings', { query: { territory, from, to, cursor, limit: 200 } }), 600);
    try {
      this.bookings = (await Promise.all(territories.map(({ id }) => of(id)))).flat();
    } catch {
      // As above.
    }
  }

  // Soon, together with what else comes, and not at every booking of a busy hour.
  #readLater() {
    const wait = Math.max(settle, this.#readAt + bookingsAtMost - Date.now());
    this.#later ??= setTimeout(() => void this.#readBookings(), wait);
  }

  #keep(notices: Notice[]) {
    this.notices = notices;
    remember(
      'notices',
      notices.map((n) => n.frame),
    );
  }
}
