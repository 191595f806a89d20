import { all, api } from '../api/client';
import { LiveLine, type LineState } from '../api/live';
import { Problem, wordsOf } from '../api/problem';
import type { Booking, LiveNotice, Location, NewOpening, Opening, Slot, Territory } from '../api/types';
import { announce } from '../ui/announce.svelte';
import { locale, m } from '../ui/messages';
import { addDays, dayInWords, dayOf, hour, instant, machineNow, rfc3339 } from '../ui/time';
import { recall, remember } from '../ui/memory';
import { Outbox, type Parcel } from './outbox';
import { isRunning } from './recurrence';
import { Saying } from './saying.svelte';
import { words } from './words.fr';

/** One doctor's today and tomorrow: their slots as they change, who comes, and what waits to be sent. */
export class MyAgenda {
  readonly practitioner: string;
  readonly territory: Territory;
  readonly zone: string;
  readonly outbox: Outbox;
  readonly saying = new Saying();

  slots = $state.raw<Slot[]>([]);
  /** What lies after tomorrow, read on demand up to `horizon`. */
  later = $state.raw<Slot[]>([]);
  recurrences = $state.raw<Opening[]>([]);
  bookings = $state.raw<Booking[]>([]);
  locations = $state.raw<Location[]>([]);
  parcels = $state.raw<Parcel[]>([]);
  line = $state<LineState>('connecting');
  problem = $state('');
  /** The network is gone: not even the reading that stands in for the live line arrives. */
  offline = $state(false);
  /** When what is shown was last heard of. */
  asOf = $state.raw(machineNow());
  now = $state.raw(machineNow());

  readonly today = $derived.by(() => dayOf(this.now, this.zone));
  readonly tomorrow = $derived(addDays(this.today, 1));
  /** How many days after tomorrow are read; 0 until someone looks further. */
  reach = $state(0);
  readonly horizon = $derived(addDays(this.tomorrow, 1 + this.reach));

  #live?: LiveLine;
  #watched = '';
  #reading?: ReturnType<typeof setTimeout>;
  #beat?: ReturnType<typeof setInterval>;

  constructor(practitioner: string, territory: Territory) {
    this.practitioner = practitioner;
    this.territory = territory;
    this.zone = territory.zone;
    const shelf = `outbox.${practitioner}`;
    this.outbox = new Outbox({
      send: (opening, key) => this.#send(opening, key),
      load: () => recall<Parcel[]>(shelf, []),
      save: (parcels) => remember(shelf, parcels),
      onChange: (parcels) => (this.parcels = parcels),
    });
  }

  start() {
    this.#follow();
    void this.#readLocations();
    void this.outbox.flush();
    this.#beat = setInterval(() => this.#beatOnce(), 10_000);
    addEventListener('online', this.wake);
    addEventListener('focus', this.wake);
    document.addEventListener('visibilitychange', this.wake);
  }

  stop() {
    this.#live?.close();
    this.saying.stop();
    clearInterval(this.#beat);
    clearTimeout(this.#reading);
    removeEventListener('online', this.wake);
    removeEventListener('focus', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
  }

  /** The page is shown again or the network is back: everything is tried at once. */
  wake = () => {
    if (document.visibilityState === 'hidden') return;
    this.#live?.wake();
    void this.outbox.flush();
    this.#readSoon();
  };

  slotsOf(day: string): Slot[] {
    return (day > this.tomorrow ? this.later : this.slots).filter(
      (slot) => dayOf(slot.start, this.zone) === day,
    );
  }

  /** Those expected in a slot, whatever became of them; cancelled ones are left out. */
  bookingsOf(slot: string): Booking[] {
    return this.bookings.filter((booking) => booking.slot === slot && booking.state !== 'cancelled');
  }

  /** Whether someone told a moment ago still stands in the lists. */
  isKept({ id, state }: Pick<Booking, 'id' | 'state'>): boolean {
    return state !== 'cancelled' && this.saying.kept.has(id);
  }

  slot(id: string): Slot | undefined {
    return this.slots.find((slot) => slot.id === id) ?? this.later.find((slot) => slot.id === id);
  }

  /** "aujourd’hui", "demain" or "lundi 23 novembre". */
  dayName(at: string): string {
    const day = dayOf(at, this.zone);
    if (day !== this.today && day !== this.tomorrow) return dayInWords(day, locale);
    return (day === this.today ? m.day.today : m.day.tomorrow).toLocaleLowerCase(locale);
  }

  communeName(insee?: string): string | undefined {
    return this.territory.communes.find((commune) => commune.insee === insee)?.name;
  }

  async withdraw(slot: Slot) {
    this.#put(await api.post('/slots/{id}/withdraw', { path: { id: slot.id } }));
  }

  async restore(slot: Slot) {
    this.#put(await api.post('/slots/{id}/restore', { path: { id: slot.id } }));
  }

  /**
   * Cancels a booking. A slot given `alongside` is withdrawn first: its booked seat stays, and
   * once freed it is nobody's, so that no one can book it again in between.
   */
  async cancel(booking: Booking, by: 'patient' | 'practitioner', reason: string, alongside?: Slot) {
    const body = { by, reason };
    if (alongside) await this.withdraw(alongside);
    try {
      this.#replace(await api.post('/bookings/{id}/cancel', { path: { id: booking.id }, body }));
    } catch (error) {
      // Refused, not lost on the way: the booking stands, so its slot is offered as before.
      const refused = error instanceof Problem && error.status > 0 && !error.passing;
      if (alongside && refused) await this.restore(alongside).catch(() => {});
      throw error;
    }
  }

  /** Looks `days` days further than tomorrow; the lists fill when the server answers. */
  async lookFurther(days: number) {
    this.reach = days;
    await this.#readLater();
    await this.#readBookings();
  }

  /** Ends a weekly recurrence: its free slots from the start of that day on are withdrawn. */
  async stopRecurrence(opening: Opening, day: string) {
    const from = instant(day, '00:00', this.zone);
    const moment = from > this.now ? rfc3339(from, this.zone) : undefined;
    await api.delete('/openings/{id}', { path: { id: opening.id }, query: { from: moment } });
    await this.#readLater();
  }

  /** The doctor's own slots that overlap a period, from the server, by start. */
  async ownSlots(from: Date, to: Date): Promise<Slot[]> {
    return (await this.#readSlots(this.territory.id, from, to)).sort(byStart);
  }

  async say(booking: Booking, outcome: 'honoured' | 'no_show') {
    this.#replace(await api.post('/bookings/{id}/outcome', { path: { id: booking.id }, body: { outcome } }));
  }

  async #send(opening: NewOpening, key: string): Promise<Opening> {
    const published = await api.post('/openings', { body: opening, key });
    for (const slot of published.slots ?? []) this.#put(slot);
    this.#readSoon();
    return published;
  }

  #follow() {
    const { today: day, zone } = this;
    this.#watched = day;
    const watch = {
      territory: this.territory.id,
      day,
      days: 2,
      from: instant(day, '00:00', zone),
      to: instant(addDays(day, 2), '00:00', zone),
    };
    if (this.#live) return this.#live.follow(watch);
    this.#live = new LiveLine({
      watch,
      onState: (state) => (this.line = state),
      onNotice: (notice) => this.#noticed(notice),
      onChange: (change) => {
        if (change.all || change.slots.some((slot) => slot.practitioner === this.practitioner)) this.#take();
      },
      poll: ({ territory, from, to }) => this.#poll(territory, from, to),
    });
  }

  async #poll(territory: string, from: Date, to: Date): Promise<Slot[]> {
    try {
      const slots = await this.#readSlots(territory, from, to);
      this.offline = false;
      return slots;
    } catch (error) {
      this.offline = error instanceof Problem && error.reason === 'network';
      throw error;
    }
  }

  #readSlots(territory: string, from: Date, to: Date): Promise<Slot[]> {
    const query = {
      territory,
      practitioner: this.practitioner,
      from: from.toISOString(),
      to: to.toISOString(),
    };
    return all((cursor) => api.get('/slots', { query: { ...query, cursor } }));
  }

  // The line carries the whole territory; this page keeps one doctor's slots.
  #take() {
    const mine = [...this.#live!.slots.values()].filter((slot) => slot.practitioner === this.practitioner);
    this.slots = mine.sort(byStart);
    this.now = this.#live!.now();
    this.asOf = this.now;
    this.#readSoon();
  }

  #put(slot: Slot) {
    this.later = this.later.map((other) => (other.id === slot.id ? slot : other));
    if (!this.#isShown(slot)) return;
    this.slots = [...this.slots.filter((other) => other.id !== slot.id), slot].sort(byStart);
  }

  #isShown(slot: Slot): boolean {
    const day = dayOf(slot.start, this.zone);
    return day === this.today || day === this.tomorrow;
  }

  #replace(booking: Booking) {
    this.bookings = this.bookings.map((other) => (other.id === booking.id ? booking : other));
  }

  // Several changes in a row are one reading.
  #readSoon() {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => {
      void this.#readBookings();
      if (this.reach > 0) void this.#readLater();
    }, 200);
  }

  async #readLater() {
    const { territory, zone } = this;
    const from = instant(addDays(this.tomorrow, 1), '00:00', zone);
    const to = instant(this.horizon, '00:00', zone);
    const query = { practitioner: this.practitioner, from: this.now.toISOString() };
    try {
      const [slots, openings] = await Promise.all([
        this.#readSlots(territory.id, from, to),
        all((cursor) => api.get('/openings', { query: { ...query, cursor } })),
      ]);
      this.later = slots.sort(byStart);
      this.recurrences = openings.filter((opening) => isRunning(opening, this.today)).sort(byStart);
      this.problem = '';
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  async #readBookings() {
    const query = {
      practitioner: this.practitioner,
      from: instant(addDays(this.today, -1), '00:00', this.zone).toISOString(),
      to: instant(this.horizon, '00:00', this.zone).toISOString(),
    };
    try {
      const bookings = await all((cursor) => api.get('/bookings', { query: { ...query, cursor } }));
      this.bookings = bookings.sort(byStart);
      this.problem = '';
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  async #readLocations() {
    try {
      const territory = this.territory.id;
      const everyone = await all((cursor) => api.get('/practitioners', { query: { territory, cursor } }));
      this.locations = everyone.find(({ id }) => id === this.practitioner)?.locations ?? [];
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  #noticed(notice: LiveNotice) {
    this.#readSoon();
    const slot = this.slot(notice.slot ?? '');
    if (!slot) return;
    const when = words.notice.at(this.dayName(slot.start), hour(slot.start, this.zone));
    if (notice.kind === 'booked') announce(words.notice.booked(when), 'good');
    if (notice.kind === 'booking_cancelled') announce(words.notice.cancelled(when), 'info');
  }

  #beatOnce() {
    this.now = this.#live?.now() ?? machineNow();
    if (this.line === 'live') [this.asOf, this.offline] = [this.now, false];
    if (this.today !== this.#watched) this.#follow();
    if (this.parcels.some((parcel) => parcel.state === 'waiting')) void this.outbox.flush();
  }
}

const byStart = (a: { start: string; id: string }, b: { start: string; id: string }) =>
  Date.parse(a.start) - Date.parse(b.start) || a.id.localeCompare(b.id);
