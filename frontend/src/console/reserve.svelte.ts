import { Problem, wordsOf } from '../api/problem';
import type { Booking, Hold } from '../api/types';
import { announce, speak } from '../ui/announce.svelte';
import { hour } from '../ui/time';
import type { Call } from './call.svelte';
import * as commands from './commands';
import type { Desk } from './desk.svelte';
import { heldNow, holdNext, noHold, type HoldEvent, type HoldState } from './hold';
import { forgetHold, recallHold, rememberHold, type Kept } from './holdmemory';
import { Intent } from './intent';
import { c } from './messages';
import { PatientDraft, type PatientField } from './patient.svelte';

/** A refusal to be resolved in place: what was wanted, why not, and what else there is. */
export interface Conflict {
  slot: string;
  problem: Problem;
}

const seatLost = new Set([
  'regulation.slot_taken',
  'regulation.slot_past',
  'regulation.seat_withdrawn',
  'regulation.hold_expired',
  'regulation.hold_superseded',
  'regulation.hold_unknown',
]);

/** Holding and booking for the caller on the line. */
export class Reserve {
  hold = $state.raw<HoldState>(noHold);
  conflict = $state.raw<Conflict>();
  /** The server warned that this patient is booked already. */
  samePatient = $state(false);
  booking = $state(false);
  done = $state.raw<Booking>();
  /** The hold that outlived a reload, with its case. */
  readonly kept?: Kept;
  readonly patient = new PatientDraft();
  /** Brings a field of the patient form under the fingers; set by the form. */
  toField: (field: PatientField) => void = () => {};

  #desk: Desk;
  #call: Call;
  #intent = new Intent();
  #onBooked: (territory: string) => void;
  #onWarned: () => void;

  constructor(desk: Desk, call: Call, onBooked: (territory: string) => void, onWarned: () => void) {
    this.#desk = desk;
    this.#call = call;
    this.#onBooked = onBooked;
    this.#onWarned = onWarned;
    const kept = recallHold((territory) => desk.shows(territory));
    if (!kept || Date.parse(kept.hold.expiresAt) <= Date.now()) return;
    this.hold = { at: 'held', hold: kept.hold };
    this.kept = kept;
  }

  get held(): Hold | undefined {
    return heldNow(this.hold);
  }

  /** A seat is in hand, or asked for. */
  get holding(): boolean {
    return this.held !== undefined || this.hold.at === 'asking';
  }

  /** The slot the panel is about: the one held, else the one under the cursor. */
  subject(cursor: string | undefined): string | undefined {
    if (this.hold.at === 'asking') return this.hold.slot;
    return this.held?.slot ?? cursor;
  }

  /** Whether a slot was refused as gone, whatever the board still shows of it. */
  lost(slot: string): boolean {
    return this.conflict?.slot === slot && seatLost.has(this.conflict.problem.reason);
  }

  /** Holds a slot for the case. A hold in hand is let go once the new one is granted. */
  async take(slot: string) {
    const before = this.held;
    if (before?.slot === slot || this.hold.at === 'asking') return;
    this.#forgetRefusals();
    this.#next({ is: 'asked', slot });
    try {
      const kase = await this.#call.ensure();
      const hold = await commands.hold(this.#line(slot), slot, kase);
      this.#next({ is: 'granted', hold });
      this.#desk.degraded = false;
      if (before) void commands.release(this.#line(before.slot), before.token).catch(() => {});
    } catch (error) {
      this.#next({ is: 'refused' });
      this.#refused(slot, error);
    }
  }

  async extend() {
    const hold = this.held;
    if (!hold || hold.extended) return;
    this.#next({ is: 'extending' });
    try {
      const longer = await commands.extend(this.#line(hold.slot), hold.token);
      this.#next({ is: 'extended', hold: longer });
      speak(c.slot.extendedTo(hour(longer.expiresAt, this.#desk.zone)));
    } catch (error) {
      this.#next({ is: 'answered' });
      this.#refused(hold.slot, error);
    }
  }

  async release() {
    const hold = this.held;
    if (!hold) return this.dismiss();
    this.#next({ is: 'releasing' });
    try {
      await commands.release(this.#line(hold.slot), hold.token);
      speak(c.slot.released);
    } catch {
      // It runs out by itself.
    }
    this.#next({ is: 'released' });
  }

  /** Books the held slot, or the slot given directly. */
  async book(slot: string | undefined, acknowledge = false) {
    const hold = this.held;
    if (this.booking || (!hold && !slot)) return;
    const wrong = this.patient.check();
    if (wrong) return this.toField(wrong);
    this.booking = true;
    this.#forgetRefusals();
    this.#next({ is: 'booking' });
    try {
      const request = await this.#request(hold, slot, acknowledge);
      this.#booked(
        await commands.book(this.#line(hold?.slot ?? slot), request, this.#intent.keyFor(request)),
      );
    } catch (error) {
      this.#next({ is: 'answered' });
      this.#refused(hold?.slot ?? slot!, error);
    } finally {
      this.booking = false;
    }
  }

  tick() {
    this.#next({ is: 'tick', now: this.#desk.line.now().getTime() });
  }

  /** Puts a refusal or a warning away. */
  dismiss() {
    this.#forgetRefusals();
    if (this.hold.at === 'ended') this.hold = noHold;
  }

  /** Another call begins: what this one held is given back. */
  async clear() {
    this.patient.clear();
    this.done = undefined;
    if (this.held) await this.release();
    this.dismiss();
  }

  async #request(hold: Hold | undefined, slot: string | undefined, acknowledge: boolean) {
    const kase = await this.#call.ensure();
    const reason = this.#call.reason.trim();
    return {
      ...(hold ? { hold: hold.token } : { slot: slot! }),
      ...(kase && { case: kase }),
      patient: this.patient.patient(this.#call),
      ...(reason && { reason }),
      ...(acknowledge && { acknowledge: ['same_patient' as const] }),
    };
  }

  #booked(booking: Booking) {
    if (booking.case) this.#call.tellEffort(booking.case, this.#desk.me.name);
    const { territory } = this.#call;
    this.#intent.done();
    this.#next({ is: 'booked' });
    this.done = booking;
    this.patient.clear();
    this.#call.clear();
    this.#onBooked(territory);
  }

  #refused(slot: string, error: unknown) {
    const problem = error instanceof Problem ? error : undefined;
    if (!problem) return announce(wordsOf(error), 'bad');
    if (problem.reason === 'live.unavailable') return void (this.#desk.degraded = true);
    if (problem.reason === 'regulation.same_patient') return this.#warned();
    if (problem.reason === 'request.invalid' && this.#marked(problem)) return;
    if (seatLost.has(problem.reason)) this.#call.effort.conflict();
    if (seatLost.has(problem.reason) && this.held?.slot === slot) this.#next({ is: 'lost' });
    this.conflict = { slot, problem };
  }

  #warned() {
    this.samePatient = true;
    this.#onWarned();
  }

  #marked(problem: Problem): boolean {
    const fields = problem.fields.filter((field) => field.name.startsWith('patient.'));
    for (const { name, message } of fields) {
      const key = name.slice('patient.'.length);
      if (key in this.patient) this.patient.errors[key as PatientField] = message ?? problem.message;
    }
    return fields.length > 0;
  }

  #line(slot: string | undefined) {
    return this.#desk.line.for(slot);
  }

  #forgetRefusals() {
    this.conflict = undefined;
    this.samePatient = false;
  }

  #next(event: HoldEvent) {
    this.hold = holdNext(this.hold, event);
    const hold = this.held;
    if (hold) rememberHold({ hold, territory: this.#call.territory, kase: this.#call.id });
    else if (this.hold.at !== 'asking') forgetHold();
  }
}
