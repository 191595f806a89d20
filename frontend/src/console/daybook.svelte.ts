import { all, api } from '../api/client';
import { wordsOf } from '../api/problem';
import type { Booking, Case, LiveNotice, Slot } from '../api/types';
import { announce } from '../ui/announce.svelte';
import type { Desk } from './desk.svelte';
import { recall, remember } from '../ui/memory';
import { c } from './messages';

/** What happened to one of my bookings, until I have seen it. The names are fetched, never kept. */
export interface Notice {
  frame: LiveNotice;
  booking?: Booking;
}

/** "Fictif Ana", "" when the patient is not for these eyes. */
export const patientName = ({ patient }: Booking): string =>
  [patient?.family, patient?.given].filter(Boolean).join(' ');

/** What is around the call: open cases, the bookings of the board's days, notices. */
export class Daybook {
  cases = $state.raw<Case[]>([]);
  bookings = $state.raw<Booking[]>([]);
  notices = $state.raw<Notice[]>([]);

  #desk: Desk;
  #timer: ReturnType<typeof setInterval>;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#timer = setInterval(() => void this.refresh(), 30_000);
    for (const frame of recall<LiveNotice[]>('notices', [])) void this.noticed(frame);
    void this.refresh();
  }

  close() {
    clearInterval(this.#timer);
  }

  refresh(): Promise<void[]> {
    return Promise.all([this.#readCases(), this.#readBookings()]);
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
    if (frame.kind === 'booked' || (frame.territory && frame.territory !== this.#desk.territory.id)) return;
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

  async #readCases() {
    try {
      const query = { territory: this.#desk.territory.id, open: true, limit: 50 };
      this.cases = (await api.get('/cases', { query })).items;
    } catch {
      // Shown as they were; the line's banner says when the server is away.
    }
  }

  async #readBookings() {
    const { territory, watch } = this.#desk;
    const [from, to] = [watch.from.toISOString(), watch.to.toISOString()];
    try {
      this.bookings = await all(
        (cursor) =>
          api.get('/bookings', { query: { territory: territory.id, from, to, cursor, limit: 200 } }),
        600,
      );
    } catch {
      // As above.
    }
  }

  #keep(notices: Notice[]) {
    this.notices = notices;
    remember(
      'notices',
      notices.map((n) => n.frame),
    );
  }
}
