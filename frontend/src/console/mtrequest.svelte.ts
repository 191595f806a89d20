import { api, home } from '../api/client';
import { Problem, wordsOf } from '../api/problem';
import { dayOf } from '../ui/time';
import type { Call } from './call.svelte';
import {
  draftOf,
  missing,
  nameKey,
  requestOf,
  type MtDraft,
  type MtField,
  type Seeker,
} from './case/mtdraft';
import type { Desk } from './desk.svelte';
import { Intent } from './intent';
import { c } from './messages';
import type { Reserve } from './reserve.svelte';

/**
 * Asks for a médecin traitant for a caller who has none: from the call at hand once their name is known,
 * or from the last one that ended. Who they are is read from the case until it is sent. Whatever becomes
 * of it, calls go on. An entraînement has no such search.
 */
export class MtRequest {
  /** The form is open. */
  opened = $state(false);
  /** Counts the openings: each brings the form under the fingers. */
  openings = $state(0);
  /** What is typed in the form. */
  draft = $state<MtDraft>(draftOf(''));
  sending = $state(false);
  problem = $state('');
  /** What is missing or wrong, once sending was tried. */
  wrong = $state.raw<MtField[]>([]);

  // For whom the form is open although their call is over; it stays while other calls begin.
  #over = $state.raw<Seeker>();
  #last = $state.raw<Seeker>();
  #sent = $state.raw<ReadonlyMap<string, 'sent' | 'already'>>(new Map());
  // By case, in this page's memory only.
  #drafts = new Map<string, MtDraft>();
  #desk: Desk;
  #call: Call;
  #reserve: Reserve;
  #intent = new Intent();

  constructor(desk: Desk, call: Call, reserve: Reserve) {
    this.#desk = desk;
    this.#call = call;
    this.#reserve = reserve;
  }

  /**
   * For whom a request can be made now, or was. Undefined with the form open when their médecin traitant
   * is no longer « Non »: the form is to be closed then.
   */
  get seeker(): Seeker | undefined {
    if (home) return undefined;
    if (!this.opened) return this.#named ?? this.#last;
    const over = this.#over;
    return over && over.case !== this.#call.id ? over : this.#atHand;
  }

  /** Their call is over. */
  get ended(): boolean {
    return this.seeker !== undefined && this.seeker.case !== this.#call.id;
  }

  /** Whether it is sent, now or by somebody before. */
  get sent(): 'sent' | 'already' | undefined {
    return this.#sent.get(this.seeker?.case ?? '');
  }

  get today(): string {
    return dayOf(this.#desk.now, this.#desk.zone);
  }

  /** Opens the form, or gives false when nobody at hand needs it. The case is opened if it was not. */
  async open(): Promise<boolean> {
    const { seeker } = this;
    if (!seeker || this.sent) return false;
    this.openings++;
    if (this.opened) return true;
    this.#over = seeker === this.#last ? seeker : undefined;
    this.draft = this.#drafts.get(seeker.case ?? '') ?? draftOf(this.#desk.me.name);
    this.opened = true;
    // By its case a request is known again, whoever sends it.
    if (!seeker.case) await this.#call.ensure();
    return true;
  }

  /** Puts the form away. What was typed is kept for the case; the agreement is to be asked again. */
  close() {
    if (!this.opened) return;
    const kase = this.#over ? this.#over.case : this.#call.id;
    this.#drafts.set(kase ?? '', { ...$state.snapshot(this.draft), agreedBy: undefined });
    this.opened = false;
    this.#over = undefined;
    [this.problem, this.wrong] = ['', []];
  }

  /** A call ended with a patient named: it can still be asked for until the next one begins. */
  callEnded(seeker: Seeker) {
    const none = seeker.patient.mt?.status === 'none';
    if (this.opened && (!this.#over || this.#over.case === seeker.case)) {
      this.#over = seeker;
      if (!none) this.close();
    }
    if (none) this.#last = seeker;
  }

  /** The call at hand is left open, or ended without a name: its form goes with it. */
  callLeft() {
    if (!this.#over || this.#over.case === this.#call.id) this.close();
    this.#drafts.delete(''); // Whose case never opened.
  }

  /** Another call begins: the last one is offered no longer. What was typed stays for a case taken up. */
  forget(takenUp?: string) {
    const kase = this.#last?.case;
    this.#last = undefined;
    if (kase && kase !== takenUp && !(this.opened && this.#over?.case === kase)) this.#drafts.delete(kase);
  }

  /** Sends what the case and the form say; true when it is there, by this or before. */
  async send(): Promise<boolean> {
    if (this.sending || !this.#ready()) return false;
    const { opened, draft } = this;
    const name = this.seeker && nameKey(this.seeker);
    [this.sending, this.problem] = [true, ''];
    try {
      // The server has to know of the case what is known here.
      if (!this.ended) await this.#call.note();
      const { seeker } = this;
      const same = opened && draft === this.draft && seeker && nameKey(seeker) === name;
      if (!same || !this.#ready()) return false;
      return await this.#post(seeker, $state.snapshot(draft));
    } catch (error) {
      this.problem = wordsOf(error);
      return false;
    } finally {
      this.sending = false;
    }
  }

  /** Why nothing can be asked for now. */
  get hint(): string {
    if (home) return c.mt.training;
    return this.sent ? c.mt[this.sent] : c.mt.notYet;
  }

  // Without médecin traitant, whether or not their name is known.
  get #atHand(): Seeker | undefined {
    const { patient } = this.#reserve;
    if (this.#call.mt !== 'none') return undefined;
    return { case: this.#call.id, territory: this.#call.territory, patient: patient.patient(this.#call) };
  }

  get #named(): Seeker | undefined {
    const { patient } = this.#reserve;
    return patient.family.trim() ? this.#atHand : undefined;
  }

  #ready(): boolean {
    const { seeker } = this;
    if (!this.opened || !seeker) return false;
    this.wrong = missing(seeker, this.draft, this.today);
    return this.wrong.length === 0;
  }

  async #post(seeker: Seeker, draft: MtDraft): Promise<boolean> {
    if (!seeker.case) throw new Problem({ reason: 'network' });
    const body = requestOf(seeker, draft, this.today);
    try {
      await api.post('/mt/requests', { body, key: this.#intent.keyFor(body) });
    } catch (error) {
      if (!(error instanceof Problem) || error.reason !== 'attribution.case_reported') throw error;
      return this.#done(seeker, 'already');
    }
    this.#intent.done();
    return this.#done(seeker, 'sent');
  }

  #done(seeker: Seeker, how: 'sent' | 'already'): boolean {
    if (seeker.case) this.#sent = new Map(this.#sent).set(seeker.case, how);
    this.close();
    this.#drafts.delete(seeker.case ?? '');
    if (!this.#named) this.#last = seeker;
    return true;
  }
}
