import { api } from '../api/client';
import { wordsOf } from '../api/problem';
import type { Case, Commune, MedecinTraitant, NewCase, Patient } from '../api/types';
import { announce } from '../ui/announce.svelte';
import type { Communes } from './communes';
import { Effort, tellEffort } from './effort';
import { c } from './messages';
import type { Caller } from './nearness';

export type Saving = 'idle' | 'saving' | 'failed';

const typingPause = 500;

/**
 * The case of the caller on the line. It is opened on the server with the first thing noted and
 * completed as more is known; the saves go one after the other, the last state wins.
 */
export class Call {
  id = $state<string>();
  openedAt = $state<string>();
  /** Who opened it, when it was taken up from the open cases. */
  openedBy = $state<string>();
  commune = $state.raw<Commune>();
  mt = $state<MedecinTraitant['status']>('unknown');
  mtRpps = $state<string>();
  mtName = $state<string>();
  reason = $state('');
  wished = $state(0);
  saving = $state<Saving>('idle');
  /** What is asked before the call ends: how, or why without solution. */
  asking = $state<'outcome' | 'why'>();
  /** What the call asks of the regulator. */
  readonly effort = new Effort();

  #territory?: string;
  #home: (commune: string | undefined) => string;
  #communes: Communes;
  #onOpened: () => void;
  #queue: Promise<void> = Promise.resolve();
  #pause?: ReturnType<typeof setTimeout>;
  #saved = '';
  #turn = 0;

  /** `home` says in which territory the case of a caller from a commune is opened. */
  constructor(home: (commune: string | undefined) => string, communes: Communes, onOpened: () => void) {
    this.#home = home;
    this.#communes = communes;
    this.#onOpened = onOpened;
  }

  get caller(): Caller {
    return { commune: this.commune, mtRpps: this.mt === 'has' ? this.mtRpps : undefined };
  }

  /** The territory of the case; where it would be opened while it is not. */
  get territory(): string {
    return this.#territory ?? this.#home(this.commune?.insee);
  }

  /** Whether anything is noted: an untouched call is no case. */
  get begun(): boolean {
    return this.id !== undefined || this.#fields() !== undefined;
  }

  get medecinTraitant(): MedecinTraitant {
    const who = this.mt === 'has' ? { rpps: this.mtRpps, name: this.mtName } : {};
    return { status: this.mt, ...who };
  }

  /** Saves what was noted: at once, or after a pause in typing. */
  note(typing = false): Promise<void> {
    clearTimeout(this.#pause);
    if (typing) {
      this.#pause = setTimeout(() => void this.note(), typingPause);
      return this.#queue;
    }
    if (this.commune) this.#communes.note(this.commune);
    const turn = this.#turn;
    this.#queue = this.#queue.then(() => (turn === this.#turn ? this.#save() : undefined));
    return this.#queue;
  }

  /** The id of the case, opened now if it was not; undefined when the server cannot be told. */
  async ensure(): Promise<string | undefined> {
    clearTimeout(this.#pause);
    const turn = this.#turn;
    this.#queue = this.#queue.then(() => (turn === this.#turn && !this.id ? this.#save(true) : undefined));
    await this.#queue;
    return this.id;
  }

  /** Opened for this call, and nothing but the commune is known: not worth keeping open. */
  get hollow(): boolean {
    const known = this.reason.trim() || this.wished || this.mt !== 'unknown' || this.openedBy;
    return this.id !== undefined && !known;
  }

  /** Takes up again the case of a hold that outlived a reload. What is noted meanwhile waits for it. */
  async restore(id: string, territory: string): Promise<Case | undefined> {
    this.id = id;
    this.#territory = territory;
    const turn = this.#turn;
    const query = { territory, open: true, limit: 500 };
    const found = api.get('/cases', { query }).then(({ items }) => {
      const kase = items.find((one) => one.id === id);
      if (turn !== this.#turn) return undefined;
      if (kase) this.resume(kase);
      else this.clear();
      return kase;
    });
    this.#queue = found.then(
      () => {},
      () => {}, // The id is enough to book on the case.
    );
    return found.catch(() => undefined);
  }

  /** A new call: whatever was here stays in the open cases. */
  clear() {
    clearTimeout(this.#pause);
    if (this.id) this.effort.leave(this.id);
    this.effort.begin();
    this.#turn++;
    this.#saved = '';
    this.#territory = undefined;
    this.id = this.openedAt = this.openedBy = this.commune = this.mtRpps = this.mtName = undefined;
    this.mt = 'unknown';
    this.reason = '';
    this.wished = 0;
    this.saving = 'idle';
    this.asking = undefined;
  }

  /** Takes an open case up again. */
  resume(kase: Case) {
    this.clear();
    this.effort.begin(kase.id);
    this.id = kase.id;
    this.#territory = kase.territory;
    this.openedAt = kase.openedAt;
    this.openedBy = kase.openedBy;
    this.commune = this.#communes.get(kase.commune);
    this.mt = kase.mt?.status ?? 'unknown';
    this.mtRpps = kase.mt?.rpps;
    this.mtName = kase.mt?.name;
    this.reason = kase.reason ?? '';
    this.wished = kase.wishedDelayMinutes ?? 0;
    this.#saved = JSON.stringify(this.#fields());
  }

  /** Goes on with the call of another board: the territories shown have changed in the middle of it. */
  adopt(other: Call) {
    clearTimeout(other.#pause);
    const { id, openedAt, openedBy, commune, mt, mtRpps, mtName, reason, wished } = other;
    Object.assign(this, { id, openedAt, openedBy, commune, mt, mtRpps, mtName, reason, wished });
    this.#territory = id && other.territory;
    this.#saved = other.#saved;
    this.effort.adopt(other.effort);
  }

  /** Notes who the patient is on the case; throws when the server does not take it. */
  async notePatient(patient: Patient): Promise<string | undefined> {
    const id = await this.ensure();
    if (id) await api.patch('/cases/{id}', { path: { id }, body: { patient } });
    return id;
  }

  /** What the call asked, for whoever opened it to tell; a colleague's case is not theirs to count. */
  spent(me: string) {
    if (!this.id || (this.openedBy && this.openedBy !== me)) return undefined;
    return this.effort.end(this.id);
  }

  /** Tells what a call asked that ended by a booking, at hand or left open. */
  tellEffort(kase: string, me: string) {
    const spent = this.id === kase ? this.spent(me) : this.effort.endLeft(kase);
    if (spent) void tellEffort(kase, spent);
  }

  /** The case as it stands, saved; undefined when the server cannot be told. */
  async settled(me: string): Promise<Case | undefined> {
    if (!this.begun) return undefined;
    await this.note();
    const id = await this.ensure();
    if (!id || !this.openedAt) return undefined;
    const { openedAt, openedBy = me } = this;
    return { id, territory: this.territory, state: 'open', openedAt, openedBy, ...this.#fields() };
  }

  #fields(): Omit<NewCase, 'territory'> | undefined {
    const reason = this.reason.trim();
    const known = this.commune || reason || this.wished || this.mt !== 'unknown' || this.id;
    if (!known) return undefined;
    return {
      ...(this.commune && { commune: this.commune.insee }),
      reason,
      wishedDelayMinutes: this.wished,
      mt: this.medecinTraitant,
    };
  }

  async #save(always = false) {
    const turn = this.#turn;
    const fields = this.#fields() ?? (always ? {} : undefined);
    const text = JSON.stringify(fields);
    if (!fields || (this.id && text === this.#saved)) return;
    this.saving = 'saving';
    try {
      const kase = this.id
        ? await api.patch('/cases/{id}', { path: { id: this.id }, body: fields })
        : await api.post('/cases', { body: { territory: this.territory, ...fields } });
      const opened = !this.id;
      if (turn === this.#turn) this.#keep(kase, text ?? '');
      if (opened) this.#onOpened();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.saving = 'failed';
      announce(`${c.call.notSaved} ${wordsOf(error)}`, 'bad');
    }
  }

  #keep(kase: Case, text: string) {
    this.id = kase.id;
    this.#territory = kase.territory;
    this.openedAt = kase.openedAt;
    this.#saved = text;
    this.saving = 'idle';
  }
}
