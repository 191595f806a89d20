import { api } from '../api/client';
import { wordsOf } from '../api/problem';
import type { Case, Commune, MedecinTraitant, NewCase } from '../api/types';
import { announce } from '../ui/announce.svelte';
import type { Communes } from './communes';
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
  /** Asked why there is no solution. */
  askingWhy = $state(false);

  #territory: string;
  #communes: Communes;
  #onOpened: () => void;
  #queue: Promise<void> = Promise.resolve();
  #pause?: ReturnType<typeof setTimeout>;
  #saved = '';
  #turn = 0;

  constructor(territory: string, communes: Communes, onOpened: () => void) {
    this.#territory = territory;
    this.#communes = communes;
    this.#onOpened = onOpened;
  }

  get caller(): Caller {
    return { commune: this.commune, mtRpps: this.mt === 'has' ? this.mtRpps : undefined };
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
  async restore(id: string): Promise<Case | undefined> {
    this.id = id;
    const turn = this.#turn;
    const query = { territory: this.#territory, open: true, limit: 500 };
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
    this.#turn++;
    this.#saved = '';
    this.id = this.openedAt = this.openedBy = this.commune = this.mtRpps = this.mtName = undefined;
    this.mt = 'unknown';
    this.reason = '';
    this.wished = 0;
    this.saving = 'idle';
    this.askingWhy = false;
  }

  /** Takes an open case up again. */
  resume(kase: Case) {
    this.clear();
    this.id = kase.id;
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

  /** The case as it stands, saved; undefined when the server cannot be told. */
  async settled(me: string): Promise<Case | undefined> {
    if (!this.begun) return undefined;
    await this.note();
    const id = await this.ensure();
    if (!id || !this.openedAt) return undefined;
    const { openedAt, openedBy = me } = this;
    return { id, territory: this.#territory, state: 'open', openedAt, openedBy, ...this.#fields() };
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
        : await api.post('/cases', { body: { territory: this.#territory, ...fields } });
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
    this.openedAt = kase.openedAt;
    this.#saved = text;
    this.saving = 'idle';
  }
}
