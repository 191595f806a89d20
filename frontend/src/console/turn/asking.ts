import { tick } from 'svelte';
import { wordsOf } from '../../api/problem';
import { announce } from '../../ui/announce.svelte';
import type { Asked } from '../ensus.svelte';
import { c } from '../messages';
import type { Workspace } from '../workspace.svelte';

/** Asking GPs en sus for the case at hand, and what follows when nobody answered. */
export class Asking {
  readonly #work: Workspace;

  constructor(work: Workspace) {
    this.#work = work;
  }

  /** Chooses GPs to ask en sus for the case at hand; the patient's name first, which they must have. */
  async begin() {
    const { call, ensus, reserve, taking } = this.#work;
    if (!call.begun) return announce(c.call.noCall);
    const waiting = ensus.waitingFor(call.id);
    if (waiting) return announce(c.ensus.pending);
    reserve.done = undefined;
    call.asking = undefined;
    const ready = ensus.begin();
    await taking.toPatient();
    if (reserve.patient.family.trim()) {
      await ready;
      await tick();
      this.#work.focusSubmit();
    }
  }

  /** Puts the question to those chosen; a seat in hand is given back, and the case stays at hand. */
  async ask(acknowledge = false) {
    const { call, ensus, reserve, daybook } = this.#work;
    const wrong = reserve.patient.check();
    if (wrong) return reserve.toField(wrong);
    try {
      await call.notePatient(reserve.patient.patient(call));
    } catch (error) {
      return announce(wordsOf(error), 'bad');
    }
    const count = ensus.toAsk.length;
    if (!(await ensus.ask(acknowledge))) return;
    announce(c.ensus.asked(count), 'good');
    if (reserve.held) await reserve.release();
    void daybook.readCases();
    this.#work.focusBoard();
  }

  leave() {
    this.#work.ensus.cancel();
    this.#work.focusBoard();
  }

  /** Chooses a GP, or no longer, by their number. */
  pick(number: number) {
    const { ensus } = this.#work;
    const one = ensus.candidates[number - 1];
    if (one) ensus.pick(one.practitioner);
  }

  /** The case of a question that nobody answered is taken up again. */
  async back({ solicitation }: Asked) {
    const { ensus, daybook, turns } = this.#work;
    ensus.dismiss(solicitation.id);
    const kase = daybook.cases.find(({ id }) => id === solicitation.case);
    if (kase) await turns.resume(kase);
  }

  /** As before, and others are asked: those who did not answer are not chosen again. */
  async others(asked: Asked) {
    const { ensus, daybook, call, turns } = this.#work;
    const { solicitation } = asked;
    if (solicitation.state === 'waiting') await ensus.withdraw(asked);
    const kase = daybook.cases.find(({ id }) => id === solicitation.case);
    if (kase && kase.id !== call.id) await turns.resume(kase);
    await this.begin();
    ensus.dismiss(solicitation.id);
  }
}
