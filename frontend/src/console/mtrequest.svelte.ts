import { api, home } from '../api/client';
import { Problem, wordsOf } from '../api/problem';
import { dayOf } from '../ui/time';
import type { Call } from './call.svelte';
import { missing, requestOf, type MtDraft, type MtField, type Seeker } from './case/mtdraft';
import type { Desk } from './desk.svelte';
import { Intent } from './intent';
import { c } from './messages';
import type { Reserve } from './reserve.svelte';

/**
 * Asks for a médecin traitant for a caller who has none: from the call at hand once their name is known,
 * or from the last one that ended. Whatever becomes of it, calls go on. An entraînement has no such search.
 */
export class MtRequest {
  /** For whom the form is open; it stays while other calls begin. */
  opened = $state.raw<Seeker>();
  /** Counts the openings: each is a form of its own. */
  openings = $state(0);
  sending = $state(false);
  problem = $state('');
  /** What is missing or wrong, once sending was tried. */
  wrong = $state.raw<MtField[]>([]);

  #last = $state.raw<Seeker>();
  #sent = $state.raw<ReadonlyMap<string, 'sent' | 'already'>>(new Map());
  #desk: Desk;
  #call: Call;
  #reserve: Reserve;
  #intent = new Intent();

  constructor(desk: Desk, call: Call, reserve: Reserve) {
    this.#desk = desk;
    this.#call = call;
    this.#reserve = reserve;
  }

  /** For whom a request can be made now, or was. */
  get seeker(): Seeker | undefined {
    if (home) return undefined;
    return this.opened ?? this.#atHand ?? this.#last;
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
    this.close();
    this.opened = seeker;
    this.openings++;
    await this.#withCase(seeker);
    return true;
  }

  close() {
    this.opened = undefined;
    [this.problem, this.wrong] = ['', []];
  }

  /** A call ended with a patient named: it can still be asked for until the next one begins. */
  callEnded(seeker: Seeker) {
    if (seeker.patient.mt?.status !== 'none') return;
    if (this.opened?.case === seeker.case) this.opened = seeker;
    this.#last = seeker;
  }

  /** Another call begins: the last one is offered no longer. */
  forget() {
    this.#last = undefined;
  }

  /** Sends what the form says; true when it is there, by this or before. */
  async send(draft: MtDraft): Promise<boolean> {
    if (!this.opened || this.sending) return false;
    this.wrong = missing(draft, this.today);
    if (this.wrong.length > 0) return false;
    [this.sending, this.problem] = [true, ''];
    const seeker = await this.#withCase(this.opened);
    try {
      if (!seeker.case) throw new Problem({ reason: 'network' });
      const body = requestOf(seeker, draft, this.today);
      await api.post('/mt/requests', { body, key: this.#intent.keyFor(body) });
      this.#intent.done();
      return this.#done(seeker, 'sent');
    } catch (error) {
      if (error instanceof Problem && error.reason === 'attribution.case_reported')
        return this.#done(seeker, 'already');
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

  get #atHand(): Seeker | undefined {
    const { patient } = this.#reserve;
    if (this.#call.mt !== 'none' || !patient.family.trim()) return undefined;
    return { case: this.#call.id, territory: this.#call.territory, patient: patient.patient(this.#call) };
  }

  // By its case a request is known again, whoever sends it.
  async #withCase(seeker: Seeker): Promise<Seeker> {
    if (seeker.case) return seeker;
    const id = await this.#call.ensure();
    if (!id || this.opened !== seeker) return seeker;
    return (this.opened = { ...seeker, case: id, territory: this.#call.territory });
  }

  #done(seeker: Seeker, how: 'sent' | 'already'): boolean {
    if (seeker.case) this.#sent = new Map(this.#sent).set(seeker.case, how);
    this.close();
    if (!this.#atHand) this.#last = seeker;
    return true;
  }
}
