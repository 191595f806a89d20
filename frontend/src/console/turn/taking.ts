import { tick } from 'svelte';
import { isFree } from '../best';
import type { Workspace } from '../workspace.svelte';

/** From a slot to the patient's name: holding, and what comes of a refusal. */
export class Taking {
  readonly #work: Workspace;

  constructor(work: Workspace) {
    this.#work = work;
  }

  /**
   * Holds a slot and goes to the patient's name at once: the caller is saying it already, and what is
   * typed must not act as keys. A refusal takes the focus to its card.
   */
  async take(slot: string) {
    await this.toPatient();
    await this.#work.reserve.take(slot);
  }

  /** Holds the slot under the cursor when it is free, and goes to the patient form. */
  async takeAndFill() {
    const { desk, reserve, cursor } = this.#work;
    const slot = desk.slot(cursor);
    const mine = reserve.held?.slot === cursor;
    if (mine && reserve.patient.family.trim()) return reserve.book(cursor);
    if (mine || (desk.degraded && isFree(slot, desk.now))) return this.toPatient();
    if (isFree(slot, desk.now)) await this.take(slot!.id);
  }

  /** Takes one of the three slots offered after a refusal. */
  async takeAlternative(number: number) {
    const { desk, reserve } = this.#work;
    const slot = reserve.conflict?.problem.alternatives[number - 1];
    if (!slot) return;
    this.#work.select(slot.id);
    if (!desk.degraded) return this.take(slot.id);
    reserve.dismiss();
    await this.toPatient();
  }

  /** Answers a same-patient warning with no: the hold stays, and the form is at hand. */
  keepHold() {
    this.#work.reserve.dismiss();
    void this.toPatient();
  }

  /** Leaves the patient's name by giving the seat back, when there is no name yet; false when there is. */
  leaveEmptyName(): boolean {
    const { reserve } = this.#work;
    if (!reserve.held || !reserve.patient.empty || reserve.samePatient) return false;
    void reserve.release();
    this.#work.focusBoard();
    return true;
  }

  /** Goes to the patient's name; the form takes the place of the last booking's summary. */
  async toPatient() {
    const { reserve } = this.#work;
    reserve.done = undefined;
    await tick();
    reserve.toField('family');
  }
}
