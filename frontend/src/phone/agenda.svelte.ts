import { all, api } from '../api/client';
import { LiveLine, type LineState } from '../api/live';
import { Problem, wordsOf } from '../api/problem';
import type { Booking, LiveNotice, Location, Me, NewOpening, Opening, Slot, Territory } from '../api/types';
import { announce } from '../ui/announce.svelte';
import { locale, m } from '../ui/messages';
import { addDays, dayInWords, dayOf, hour, instant, machineNow } from '../ui/time';
import { recall, remember } from '../ui/memory';
import { Asked } from './asked.svelte';
import { NewPatients } from './mt/newpatients.svelte';
import { News } from './news.svelte';
import { Outbox, type Parcel } from './outbox';
import { ownOf, type Own } from './publish';
import { Saying } from './saying.svelte';
import { keepDay, type Shelf } from './shelf';
import { Undo } from './undo.svelte';
import { words } from './words.fr';

/** One doctor's today and tomorrow: their slots as they change, who comes, and what waits to be sent. */
export class MyAgenda {
  readonly practitioner: string;
  readonly territory: Territory;
  readonly zone: string;
  readonly outbox: Outbox;
  readonly saying = new Saying();
  readonly undo = new Undo();
  readonly news: News;
  readonly asked: Asked;
  readonly patients: NewPatients;

  slots = $state.raw<Slot[]>([]);
  /** What lies after tomorrow, read on demand up to `horizon`. */
  later = $state.raw<Slot[]>([]);
  bookings = $state.raw<Booking[]>([]);
  /** Whether the server has said who comes since the page was opened: it is never kept on the phone. */
  bookingsKnown = $state(false);
  /** How many publications went through since the page was opened. */
  published = $state(0);
  /** How the doctor is named to the regulation. */
  name = $state('');
  locations = $state.raw<Location[]>([]);
  parcels = $state.raw<Parcel[]>([]);
  /** What takes the doctor's hours: their slots, and what waits on this phone to be published. */
  readonly own: Own[] = $derived([
    ...this.slots,
    ...this.parcels.filter(({ state }) => state === 'waiting').map(({ opening }) => ownOf(opening)),
  ]);
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

  // Someone told a moment ago keeps their place, so that the answer can be corrected.
  readonly #standing = $derived.by(() =>
    this.bookings.filter(({ id, state }) => state === 'booked' || this.isKept({ id, state })),
  );
  /** Who comes next, and those whose visit has begun and nobody told about yet. */
  readonly expected = $derived.by(() => {
    const now = this.now.getTime();
    const next = this.#standing.find(({ end }) => Date.parse(end) > now);
    return { next, unsaid: this.#standing.filter((one) => one !== next && Date.parse(one.start) <= now) };
  });
  /** Those of them that still wait for an answer. */
  readonly untold = $derived.by(() => this.expected.unsaid.filter(({ state }) => state === 'booked'));

  #live?: LiveLine;
  #watched = '';
  #reading?: ReturnType<typeof setTimeout>;
  #beat?: ReturnType<typeof setInterval>;
  #beats = 0;

  #me: Me;

  /** What was kept of an earlier visit is shown until the server speaks. */
  constructor(me: Me & { practitioner: string }, territory: Territory, kept?: Shelf) {
    this.#me = me;
    this.practitioner = me.practitioner;
    this.territory = territory;
    this.zone = territory.zone;
    this.name = me.name;
    if (kept) {
      [this.slots, this.locations] = [kept.slots, kept.locations];
      this.asOf = new Date(kept.asOf);
    }
    this.news = new News();
    this.asked = new Asked();
    this.patients = new NewPatients(territory.id);
    const shelf = `outbox.${this.practitioner}`;
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
    void this.news.read();
    void this.asked.read(this.clock().getTime());
    void this.patients.read();
    this.#beat = setInterval(() => this.#beatOnce(), 10_000);
    addEventListener('online', this.wake);
    addEventListener('focus', this.wake);
    document.addEventListener('visibilitychange', this.wake);
  }

  stop() {
    this.#live?.close();
    this.saying.stop();
    this.undo.clear();
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
    void this.news.read();
    void this.asked.read(this.clock().getTime());
    void this.patients.read();
    if (this.locations.length === 0) void this.#readLocations();
    this.#readSoon();
  };

  /** The server's time, as well as this phone knows it. */
  clock(): Date {
    return this.#live?.now() ?? machineNow();
  }

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

  /** Withdraws a slot and offers for a while to take that back. */
  async withdrawForNow(slot: Slot) {
    await this.withdraw(slot);
    this.undo.offer(words.slots.withdrawnAt(hour(slot.start, this.zone)), async () => {
      await this.restore(slot);
      announce(words.slots.restored, 'good');
    });
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

  /** The doctor's own slots that overlap a period, from the server, by start. */
  async ownSlots(from: Date, to: Date): Promise<Slot[]> {
    return (await this.#readSlots(this.territory.id, from, to)).sort(byStart);
  }

  async say(booking: Booking, outcome: 'honoured' | 'no_show') {
    this.#replace(await api.post('/bookings/{id}/outcome', { path: { id: booking.id }, body: { outcome } }));
  }

  async #send(opening: NewOpening, key: string): Promise<Opening> {
    // Named, so that what waited for one doctor is never published for another who signed in since.
    const body = { ...opening, practitioner: this.practitioner };
    const published = await api.post('/openings', { body, key });
    for (const slot of published.slots ?? []) this.#put(slot);
    this.published++;
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
    this.#keep();
    this.#readSoon();
  }

  #keep() {
    const { territory, locations, slots, asOf } = this;
    keepDay({ me: this.#me, territory, locations, slots, asOf: asOf.toISOString() });
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
    try {
      this.later = (await this.#readSlots(territory.id, from, to)).sort(byStart);
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
      this.bookingsKnown = true;
      this.problem = '';
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  async #readLocations() {
    try {
      const territory = this.territory.id;
      const everyone = await all((cursor) => api.get('/practitioners', { query: { territory, cursor } }));
      const own = everyone.find(({ id }) => id === this.practitioner);
      this.locations = own?.locations ?? [];
      this.name = own?.name ?? this.#me.name;
      this.#keep();
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  /** Reads again who comes and what is shown: something was changed elsewhere on the page. */
  refresh() {
    this.#readSoon();
  }

  #noticed(notice: LiveNotice) {
    this.#readSoon();
    void this.news.read('said');
    const said = words.news.others[notice.kind];
    if (said) announce(said);
    if (notice.kind.startsWith('mt_')) void this.patients.read();
    if (notice.solicitation) void this.asked.read(this.clock().getTime());
    const slot = this.slot(notice.slot ?? '');
    if (!slot) return;
    const when = words.notice.at(this.dayName(slot.start), hour(slot.start, this.zone));
    if (notice.kind === 'booked') announce(words.notice.booked(when), 'good');
    if (notice.kind === 'booking_cancelled') announce(words.notice.cancelled(when), 'info');
  }

  #beatOnce() {
    this.now = this.clock();
    if (this.line === 'live') [this.asOf, this.offline] = [this.now, false];
    if (this.asked.waiting.length > 0) void this.asked.read(this.clock().getTime());
    if (++this.#beats % 6 === 0 && this.patients.shown && document.visibilityState !== 'hidden')
      void this.patients.read(); // Each minute: the doctor's other phone says nothing of its answers.
    if (this.today !== this.#watched) this.#follow();
    if (this.parcels.some((parcel) => parcel.state === 'waiting')) void this.outbox.flush();
  }
}

const byStart = (a: { start: string; id: string }, b: { start: string; id: string }) =>
  Date.parse(a.start) - Date.parse(b.start) || a.id.localeCompare(b.id);
