import type { Booking, Case, CaseOutcome } from '../../api/types';
import { announce } from '../../ui/announce.svelte';
import { isFree } from '../best';
import type { Why } from '../closing.svelte';
import { lessons } from '../lessons.svelte';
import { c } from '../messages';
import type { Workspace } from '../workspace.svelte';

/** One call after the other: how each begins, is left, taken up again and ended. */
export class Turns {
  readonly #work: Workspace;

  constructor(work: Workspace) {
    this.#work = work;
  }

  /** A new call. What was begun stays among the open cases. */
  async start() {
    const { mt } = this.#work;
    await this.#leave();
    mt.forget();
    this.#anew();
    this.#work.focusCommune();
  }

  /**
   * Something is noted of a caller, or about to be: the last appointment leaves the panel, where one key
   * would cancel it. A free slot looked at before the caller's commune stays.
   */
  beginAnew() {
    const { mt, reserve, call, desk } = this.#work;
    mt.forget();
    if (reserve.done) {
      reserve.done = undefined;
      return this.#anew();
    }
    const mine = reserve.holding && this.#work.subject?.id === this.#work.cursor;
    if (!call.id && !mine && !isFree(desk.slot(this.#work.cursor), desk.now)) this.#work.cursor = undefined;
  }

  /** Between two calls: what is left of the last one goes. */
  turnPage() {
    const { call, reserve } = this.#work;
    if (!call.begun && !reserve.holding) this.beginAnew();
  }

  /** What the caller wishes has changed: the case is saved, then rows and proposals follow. */
  async wishesChanged() {
    const { layout, best, call } = this.#work;
    this.beginAnew();
    layout.reorder();
    best.forget();
    // The distance is known at once; what the case adds (own médecin traitant, wished delay) once saved.
    const byCase = call.mt === 'has' || call.wished > 0;
    const saved = call.note();
    if (!byCase) await best.search(true, false);
    await saved;
    await best.search(byCase);
  }

  async resume(kase: Case) {
    const { call, mt, desk, reserve, communes } = this.#work;
    if (kase.id === call.id) return this.#work.focusBoard();
    await this.#leave();
    mt.forget(kase.id);
    if (kase.openedBy !== desk.me.name) announce(c.cases.taken(kase.openedBy));
    call.resume(kase);
    reserve.patient.fill(kase.patient, communes);
    this.#anew();
    this.#work.focusBoard();
  }

  /** Goes on with the case of a hold that a reload found again. */
  async restore(id: string, territory: string) {
    const { call, reserve, communes, layout, best } = this.#work;
    const kase = await call.restore(id, territory);
    if (!kase) return;
    if (reserve.patient.empty) reserve.patient.fill(kase.patient, communes);
    layout.reorder();
    best.forget();
    await best.search(true);
  }

  /** Ends the call; for a few seconds that can be taken back. */
  async end(outcome: CaseOutcome, why?: Why) {
    const { call, desk, reserve, ensus, mt, closing } = this.#work;
    const kase = await call.settled(desk.me.name);
    if (!kase) return;
    const patient = reserve.patient.empty ? undefined : reserve.patient.patient(call);
    const effort = call.spent(desk.me.name);
    ensus.cancel();
    if (patient) mt.callEnded({ case: kase.id, territory: kase.territory, patient });
    else mt.callLeft();
    closing.begin({ kase: { ...kase, ...(patient && { patient }) }, outcome, why, effort });
    call.clear();
    await reserve.clear();
    this.#anew();
    this.#work.focusBoard();
  }

  /** Takes the outcome just given back: the call goes on. */
  takeBack() {
    const ending = this.#work.closing.undo();
    if (ending) void this.resume(ending.kase);
  }

  /** The patient of the call has their appointment, in a territory. */
  booked(territory: string) {
    const { reserve, daybook, best } = this.#work;
    lessons.booked();
    if (reserve.done) this.#keepSeeker(reserve.done, territory);
    void daybook.refresh();
    void best.search(true);
    this.#work.focusBoard();
  }

  /** A GP asked en sus has taken the patient: the call is over when it is the one at hand. */
  taken(booking: Booking) {
    const { call, desk, daybook, ensus, reserve } = this.#work;
    if (booking.case) call.tellEffort(booking.case, desk.me.name);
    void daybook.refresh();
    if (booking.case !== call.id || !call.id) return;
    this.#keepSeeker(booking, call.territory);
    ensus.cancel();
    call.clear();
    reserve.patient.clear();
    reserve.done = booking;
  }

  // What was noted is saved; a case that holds nothing but a commune is not left open.
  async #leave() {
    const { call, reserve, ensus, mt, closing } = this.#work;
    const worth = reserve.held !== undefined || !reserve.patient.empty;
    if (call.begun) await call.note();
    const hollow = call.hollow && !worth ? call.id : undefined;
    ensus.cancel();
    mt.callLeft();
    await reserve.clear();
    call.clear();
    if (hollow) void closing.abandon(hollow);
  }

  #keepSeeker({ case: id, patient }: Booking, territory: string) {
    if (patient) this.#work.mt.callEnded({ case: id, territory, patient });
  }

  #anew() {
    const { layout, best } = this.#work;
    layout.toNow();
    this.#work.cursor = undefined;
    this.#work.tellFocus();
    layout.reorder();
    best.forget();
    void best.search(true);
  }
}
