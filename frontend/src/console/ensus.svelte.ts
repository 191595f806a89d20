import { api } from '../api/client';
import { Problem, wordsOf } from '../api/problem';
import type { Booking, Candidate, Case, LiveNotice, NewSolicitation, Solicitation } from '../api/types';
import { announce } from '../ui/announce.svelte';
import { recall, remember } from '../ui/memory';
import type { Call } from './call.svelte';
import type { Desk } from './desk.svelte';
import { Intent } from './intent';
import { c } from './messages';

/** How many GPs are asked by one key, and for how long. */
export const askedAtOnce = 3;
export const minutesByDefault = 5;
/** The contract's bound. */
const askedAtMost = 10;

const pollEvery = 5_000;

/** A question put to GPs, until the regulator has seen what became of it. */
export interface Asked {
  solicitation: Solicitation;
  /** Once a GP has accepted. */
  booking?: Booking;
}

type Ask = Pick<Solicitation, 'id' | 'territory' | 'case'>;

/**
 * Asking GPs to take a caller en sus, on top of what they published: who accepts, the question, the
 * answers. It goes on while the regulator works on another case, and over a reload; no patient is kept.
 */
export class EnSus {
  /** Whether the regulator is choosing whom to ask. */
  open = $state(false);
  candidates = $state.raw<Candidate[]>([]);
  loading = $state(false);
  failure = $state('');
  /** Practitioners to ask; undefined while it is the nearest. */
  picked = $state.raw<string[]>();
  minutes = $state(minutesByDefault);
  sending = $state(false);
  /** The server warned that the patient is booked already. */
  samePatient = $state(false);
  asked = $state.raw<Asked[]>([]);

  /** By case, whom it was asked of on this page. */
  #history = $state.raw<Record<string, string[]>>({});

  #call: Call;
  #intent = new Intent();
  #timer?: ReturnType<typeof setTimeout>;
  #onBooked: (booking: Booking) => void;
  #onChanged: () => void;

  /** `onBooked` hears of a patient who was taken, `onChanged` of any other end. */
  constructor(desk: Desk, call: Call, onBooked: (booking: Booking) => void, onChanged: () => void) {
    this.#call = call;
    this.#onBooked = onBooked;
    this.#onChanged = onChanged;
    const mine = recall<Ask[]>('ensus', []).filter(({ territory }) => desk.shows(territory));
    if (mine.length > 0) void this.#follow(mine);
  }

  close() {
    clearTimeout(this.#timer);
  }

  /** Those whom the question would go to, nearest first. */
  get toAsk(): string[] {
    return this.picked ?? this.#fresh.slice(0, askedAtOnce).map(({ practitioner }) => practitioner);
  }

  /** The GPs whom a case was asked of before, who are not asked again by default. */
  before(kase: string | undefined): string[] {
    return (kase && this.#history[kase]) || [];
  }

  get waiting(): Asked[] {
    return this.asked.filter(({ solicitation }) => solicitation.state === 'waiting');
  }

  /** The question of a case that still waits for an answer. */
  waitingFor(kase: string | undefined): Asked | undefined {
    return kase === undefined
      ? undefined
      : this.waiting.find(({ solicitation }) => solicitation.case === kase);
  }

  /** Begins to choose whom to ask for the case at hand. */
  async begin() {
    this.open = true;
    this.samePatient = false;
    this.picked = undefined;
    this.failure = '';
    this.loading = true;
    this.candidates = [];
    try {
      const id = await this.#call.ensure();
      if (id) this.candidates = (await api.get('/cases/{id}/candidates', { path: { id } })).items;
    } catch (error) {
      this.failure = wordsOf(error);
    } finally {
      this.loading = false;
    }
  }

  cancel() {
    this.open = this.samePatient = false;
  }

  /** Adds a GP to those who are asked, or leaves them out. */
  pick(practitioner: string) {
    const now = this.toAsk;
    if (now.includes(practitioner)) this.picked = now.filter((id) => id !== practitioner);
    else if (now.length < askedAtMost) this.picked = [...now, practitioner];
  }

  /** Puts the question. The patient is noted on the case by then. */
  async ask(acknowledge = false): Promise<boolean> {
    const kase = this.#call.id;
    if (!kase || this.sending || this.toAsk.length === 0) return false;
    this.sending = true;
    this.samePatient = false;
    const body: NewSolicitation = {
      case: kase,
      minutes: this.minutes,
      practitioners: this.toAsk,
      ...(acknowledge && { acknowledge: ['same_patient'] }),
    };
    try {
      this.#take(await api.post('/solicitations', { body, key: this.#intent.keyFor(body) }));
      this.#intent.done();
      this.open = false;
      return true;
    } catch (error) {
      if (error instanceof Problem && error.reason === 'regulation.same_patient') this.samePatient = true;
      else this.failure = wordsOf(error);
      return false;
    } finally {
      this.sending = false;
    }
  }

  async withdraw({ solicitation }: Asked) {
    try {
      await api.post('/solicitations/{id}/withdraw', { path: { id: solicitation.id } });
      this.dismiss(solicitation.id);
      announce(c.ensus.withdrawn);
    } catch (error) {
      announce(wordsOf(error), 'bad');
      void this.#read([solicitation]);
    }
    this.#onChanged();
  }

  /** The regulator has seen how it ended. */
  dismiss(id: string) {
    this.#keep(this.asked.filter(({ solicitation }) => solicitation.id !== id));
  }

  /** A notice came: what it is about is read at once. */
  noticed({ kind, solicitation }: LiveNotice) {
    if (!kind.startsWith('solicitation_')) return;
    const about = this.waiting
      .map((one) => one.solicitation)
      .filter(({ id }) => !solicitation || id === solicitation);
    void this.#read(about);
  }

  get #fresh(): Candidate[] {
    const before = this.before(this.#call.id);
    return this.candidates.filter(({ practitioner }) => !before.includes(practitioner));
  }

  async #follow(mine: Ask[]) {
    await this.#read(mine);
    this.#turn();
  }

  #turn() {
    clearTimeout(this.#timer);
    if (this.waiting.length === 0) return;
    this.#timer = setTimeout(() => void this.#follow(this.waiting.map((one) => one.solicitation)), pollEvery);
  }

  async #read(some: Ask[]) {
    await Promise.all(some.map((one) => this.#look(one).catch(() => {}))); // Looked at again soon.
  }

  async #look({ id, territory, case: kase }: Ask) {
    const { items } = await api.get('/solicitations', { query: { territory, case: kase, limit: 20 } });
    const now = items.find((one) => one.id === id);
    if (!now) return this.dismiss(id);
    const before = this.asked.find(({ solicitation }) => solicitation.id === id);
    if (before && before.solicitation.state !== 'waiting') return;
    if (now.state === 'withdrawn') return this.dismiss(id);
    const path = now.booking ? { id: now.booking } : undefined;
    const booking = path && (await api.get('/bookings/{id}', { path }));
    this.#take(now, booking);
    if (booking) this.#onBooked(booking);
    else if (now.state === 'expired') this.#onChanged();
  }

  #take(solicitation: Solicitation, booking?: Booking) {
    const others = this.asked.filter((one) => one.solicitation.id !== solicitation.id);
    const who = solicitation.practitioners.map(({ practitioner }) => practitioner);
    const { case: kase } = solicitation;
    this.#history = { ...this.#history, [kase]: [...new Set([...this.before(kase), ...who])] };
    this.#keep([...others, { solicitation, booking }].sort(byAsking));
    this.#turn();
  }

  #keep(asked: Asked[]) {
    this.asked = asked;
    const ids = asked.map(({ solicitation: { id, territory, case: kase } }) => ({
      id,
      territory,
      case: kase,
    }));
    remember('ensus', ids);
  }
}

const byAsking = (a: Asked, b: Asked) =>
  Date.parse(a.solicitation.askedAt) - Date.parse(b.solicitation.askedAt);

/** Whether everyone who was asked has said no, though the question still stands. */
export const allDeclined = ({ practitioners }: Solicitation): boolean =>
  practitioners.every(({ answer }) => answer === 'declined');

/** What a waiting case is called: who, from where, for what. */
export function caseWords(
  kase: Pick<Case, 'patient' | 'reason'> | undefined,
  place: string | undefined,
): string {
  return [kase?.patient?.family, place, kase?.reason].filter(Boolean).join(' · ') || c.cases.unnamed;
}
