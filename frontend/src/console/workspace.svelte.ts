import { tick } from 'svelte';
import { all, api } from '../api/client';
import { wordsOf } from '../api/problem';
import type { Booking, Case, CaseOutcome, Me, Slot, Territory } from '../api/types';
import { moved, stepped } from './board/move';
import type { Row } from './board/rows';
import { isFree } from './best';
import { announce } from '../ui/announce.svelte';
import { forgetFailures } from './failures';
import { Call } from './call.svelte';
import { Closing, type Why } from './closing.svelte';
import { Communes } from './communes';
import { Daybook } from './daybook.svelte';
import { Desk } from './desk.svelte';
import { EnSus, type Asked } from './ensus.svelte';
import type { Action } from './keys';
import { lessons } from './lessons.svelte';
import { c } from './messages';
import type { Caller } from './nearness';
import { MtRequest } from './mtrequest.svelte';
import { keepOrder, nearerCount, orderFor } from './order';
import { People, type Members } from './people';
import { Proposals } from './proposals.svelte';
import { Reserve } from './reserve.svelte';

const focusPause = 300;

async function membersOf(territory: Territory): Promise<Members> {
  const query = { territory: territory.id, limit: 500 };
  const practitioners = await all((cursor) => api.get('/practitioners', { query: { ...query, cursor } }));
  return { territory, practitioners };
}

/** Everything the console's parts share, and what its keys do. */
export class Workspace {
  readonly desk: Desk;
  readonly communes: Communes;
  readonly call: Call;
  readonly best: Proposals;
  readonly reserve: Reserve;
  readonly daybook: Daybook;
  readonly closing: Closing;
  readonly ensus: EnSus;
  readonly mt: MtRequest;

  /** The slot under the cursor. */
  cursor = $state<string>();
  /** Practitioners by row. Rows keep their place until the regulator asks for the new order. */
  order = $state.raw<string[]>([]);
  /** For whom the rows are sorted: still the last caller, once their appointment is booked. */
  sortedFor = $state.raw<Caller & { name?: string }>({});
  /** Where the board begins, in milliseconds. Moves on between calls only. */
  from = $state(0);
  helpOpen = $state(false);

  /** The rows as laid out; set by the board, read by the arrow keys. */
  rows: Row[] = [];
  /** Parts of the page that keys lead to; set by those parts. */
  focusCommune: () => void = () => {};
  focusBoard: () => void = () => {};
  focusSubmit: () => void = () => {};
  /** Prints the list of a day, today when none is named; set by the part that lays it out. */
  print: (day?: string) => void = () => {};

  #settled = $state(0);
  #complete = false;
  #focusTimer?: ReturnType<typeof setTimeout>;

  constructor(me: Me, territories: Territory[], people: People) {
    this.desk = new Desk(me, territories, people, (notice) => {
      void this.daybook.noticed(notice);
      this.ensus.noticed(notice);
    });
    this.communes = new Communes(territories.flatMap(({ communes }) => communes));
    this.daybook = new Daybook(this.desk);
    this.call = new Call(
      (commune) => this.desk.homeOf(commune),
      this.communes,
      () => void this.daybook.readCases(),
    );
    this.closing = new Closing(() => void this.daybook.readCases());
    this.best = new Proposals(this.desk, this.call, () => this.#busy);
    this.reserve = new Reserve(
      this.desk,
      this.call,
      (territory) => this.#booked(territory),
      () => void this.daybook.refresh(),
    );
    this.mt = new MtRequest(this.desk, this.call, this.reserve);
    this.ensus = new EnSus(
      this.desk,
      this.call,
      (booking) => this.#taken(booking),
      () => void this.daybook.readCases(),
    );
    this.desk.onSlots((change) => change.all && this.#laidOut());
    this.from = this.#boardStart();
    const { kept } = this.reserve;
    if (kept?.kase) void this.#restore(kept.kase, kept.territory);
  }

  /** The board of one territory, or of several merged. */
  static async open(me: Me, territories: Territory[]): Promise<Workspace> {
    const members = await Promise.all(territories.map(membersOf));
    return new Workspace(me, territories, new People(members));
  }

  /**
   * Goes on with the call of the board shown before, whose territories were others. A seat in hand
   * would be out of sight: boards are not changed then.
   */
  adopt(before: Workspace) {
    this.call.adopt(before.call);
    const { patient } = this.reserve;
    patient.adopt(before.reserve.patient);
    if (this.call.begun) void this.wishesChanged();
  }

  /** The line is back: what failed for want of it is said no longer, and saved now. */
  lineBack() {
    if (this.reserve.conflict?.problem.passing) this.reserve.dismiss();
    forgetFailures();
    void this.best.again();
    if (this.call.saving === 'failed') void this.call.note();
    void this.daybook.refresh();
  }

  close() {
    this.closing.flush();
    clearTimeout(this.#focusTimer);
    this.daybook.close();
    this.ensus.close();
    this.best.close();
    this.desk.close();
  }

  /** The order a fresh look would give to the same caller; follows slots that come or go, not their states. */
  get freshOrder(): string[] {
    void this.desk.layout;
    const ahead = [...this.desk.line.slots.values()].filter((slot) => Date.parse(slot.end) > this.from);
    return orderFor(this.desk.people.all, ahead, this.sortedFor, this.desk.line.now());
  }

  /** How many newcomers are nearer than rows shown above them; without a call they take their place at once. */
  get nearer(): number {
    if (!this.call.begun) return 0;
    return nearerCount(this.order, this.#settled, this.freshOrder);
  }

  /** Orders the rows anew: the caller's commune or médecin traitant changed, or it was asked for. */
  reorder() {
    this.sortedFor = { ...this.call.caller, name: this.call.commune?.name };
    this.order = this.freshOrder;
    this.#settled = this.order.length;
  }

  /** Lets newcomers in: at the end, or where they belong when nobody calls and rows may move. */
  admit() {
    const alone = !this.call.begun && !this.reserve.done && !this.reserve.holding;
    const fresh = this.freshOrder; // read once: it looks at every slot
    const next = keepOrder(this.order, fresh);
    if (alone && nearerCount(next, this.#settled, fresh) > 0) return this.reorder();
    if (next.length > this.order.length) this.order = next;
  }

  /** What the caller wishes has changed: the case is saved, then rows and proposals follow. */
  async wishesChanged() {
    this.beginAnew();
    this.reorder();
    this.best.forget();
    // The distance is known at once; what the case adds (own médecin traitant, wished delay) once saved.
    const byCase = this.call.mt === 'has' || this.call.wished > 0;
    const saved = this.call.note();
    if (!byCase) await this.best.search(true, false);
    await saved;
    await this.best.search(byCase);
  }

  select(slot: string | undefined) {
    if (slot === undefined) return;
    this.cursor = slot;
    const known = this.desk.slot(slot);
    if (known?.booked) this.daybook.lookUp(known);
    if (this.reserve.hold.at === 'ended') this.reserve.dismiss();
    clearTimeout(this.#focusTimer);
    this.#focusTimer = setTimeout(() => this.#tellFocus(), focusPause);
  }

  /** A new call. What was begun stays among the open cases. */
  async startCall() {
    await this.#leaveCall();
    this.mt.forget();
    this.#anew();
    this.focusCommune();
  }

  /**
   * Something is noted of a caller, or about to be: the last appointment leaves the panel, where one key
   * would cancel it. A free slot looked at before the caller's commune stays.
   */
  beginAnew() {
    this.mt.forget();
    if (this.reserve.done) {
      this.reserve.done = undefined;
      return this.#anew();
    }
    const mine = this.reserve.holding && this.subject?.id === this.cursor;
    if (!this.call.id && !mine && !isFree(this.desk.slot(this.cursor), this.desk.now))
      this.cursor = undefined;
  }

  /** Between two calls: what is left of the last one goes. */
  turnPage() {
    if (!this.call.begun && !this.reserve.holding) this.beginAnew();
  }

  async resume(kase: Case) {
    if (kase.id === this.call.id) return this.focusBoard();
    await this.#leaveCall();
    this.mt.forget(kase.id);
    if (kase.openedBy !== this.desk.me.name) announce(c.cases.taken(kase.openedBy));
    this.call.resume(kase);
    this.reserve.patient.fill(kase.patient, this.communes);
    this.#anew();
    this.focusBoard();
  }

  /** Ends the call; for a few seconds that can be taken back. */
  async endCall(outcome: CaseOutcome, why?: Why) {
    const kase = await this.call.settled(this.desk.me.name);
    if (!kase) return;
    const patient = this.reserve.patient.empty ? undefined : this.reserve.patient.patient(this.call);
    const effort = this.call.spent(this.desk.me.name);
    this.ensus.cancel();
    if (patient) this.mt.callEnded({ case: kase.id, territory: kase.territory, patient });
    else this.mt.callLeft();
    this.closing.begin({ kase: { ...kase, ...(patient && { patient }) }, outcome, why, effort });
    this.call.clear();
    await this.reserve.clear();
    this.#anew();
    this.focusBoard();
  }

  /** Takes the outcome just given back: the call goes on. */
  takeBack() {
    const ending = this.closing.undo();
    if (ending) void this.resume(ending.kase);
  }

  // What was noted is saved; a case that holds nothing but a commune is not left open.
  async #leaveCall() {
    const worth = this.reserve.held !== undefined || !this.reserve.patient.empty;
    if (this.call.begun) await this.call.note();
    const hollow = this.call.hollow && !worth ? this.call.id : undefined;
    this.ensus.cancel();
    this.mt.callLeft();
    await this.reserve.clear();
    this.call.clear();
    if (hollow) void this.closing.abandon(hollow);
  }

  /** What the digits choose now, and the board's badges show: the others after a refusal, else the best. */
  get numbered(): string[] {
    const others = this.reserve.conflict?.problem.alternatives ?? [];
    return others.length > 0 ? others.map((slot) => slot.id) : this.best.shown;
  }

  /** Whether the patient can be booked on the slot of the panel. */
  get bookable(): boolean {
    const { subject } = this;
    if (!subject) return false;
    if (this.reserve.held?.slot === subject.id) return true;
    return isFree(subject, this.desk.now) && !this.reserve.lost(subject.id);
  }

  /** The slot the right-hand panel is about. */
  get subject(): Slot | undefined {
    return this.desk.slot(this.reserve.subject(this.cursor));
  }

  /**
   * Holds a slot and goes to the patient's name at once: the caller is saying it already, and what is
   * typed must not act as keys. A refusal takes the focus to its card.
   */
  async take(slot: string) {
    await this.#toPatient();
    await this.reserve.take(slot);
  }

  /** Holds the slot under the cursor when it is free, and goes to the patient form. */
  async takeAndFill() {
    const slot = this.desk.slot(this.cursor);
    const mine = this.reserve.held?.slot === this.cursor;
    if (mine && this.reserve.patient.family.trim()) return this.reserve.book(this.cursor);
    if (mine || (this.desk.degraded && isFree(slot, this.desk.now))) return this.#toPatient();
    if (isFree(slot, this.desk.now)) await this.take(slot!.id);
  }

  /** Takes one of the three slots offered after a refusal. */
  async takeAlternative(number: number) {
    const slot = this.reserve.conflict?.problem.alternatives[number - 1];
    if (!slot) return;
    this.select(slot.id);
    if (!this.desk.degraded) return this.take(slot.id);
    this.reserve.dismiss();
    await this.#toPatient();
  }

  /** Answers a same-patient warning with no: the hold stays, and the form is at hand. */
  keepHold() {
    this.reserve.dismiss();
    void this.#toPatient();
  }

  // The form takes the place of the last booking's summary.
  async #toPatient() {
    this.reserve.done = undefined;
    await tick();
    this.reserve.toField('family');
  }

  /** Chooses GPs to ask en sus for the case at hand; the patient's name first, which they must have. */
  async beginEnSus() {
    if (!this.call.begun) return announce(c.call.noCall);
    const waiting = this.ensus.waitingFor(this.call.id);
    if (waiting) return announce(c.ensus.pending);
    this.reserve.done = undefined;
    this.call.asking = undefined;
    const ready = this.ensus.begin();
    await this.#toPatient();
    if (this.reserve.patient.family.trim()) {
      await ready;
      await tick();
      this.focusSubmit();
    }
  }

  /** Puts the question to those chosen; a seat in hand is given back, and the case stays at hand. */
  async askEnSus(acknowledge = false) {
    const wrong = this.reserve.patient.check();
    if (wrong) return this.reserve.toField(wrong);
    try {
      await this.call.notePatient(this.reserve.patient.patient(this.call));
    } catch (error) {
      return announce(wordsOf(error), 'bad');
    }
    const count = this.ensus.toAsk.length;
    if (!(await this.ensus.ask(acknowledge))) return;
    announce(c.ensus.asked(count), 'good');
    if (this.reserve.held) await this.reserve.release();
    void this.daybook.readCases();
    this.focusBoard();
  }

  /** Leaves the patient's name by giving the seat back, when there is no name yet; false when there is. */
  leaveEmptyName(): boolean {
    if (!this.reserve.held || !this.reserve.patient.empty || this.reserve.samePatient) return false;
    void this.reserve.release();
    this.focusBoard();
    return true;
  }

  leaveEnSus() {
    this.ensus.cancel();
    this.focusBoard();
  }

  /** The case of a question that nobody answered is taken up again. */
  async backFromEnSus({ solicitation }: Asked) {
    this.ensus.dismiss(solicitation.id);
    const kase = this.daybook.cases.find(({ id }) => id === solicitation.case);
    if (kase) await this.resume(kase);
  }

  /** As before, and others are asked: those who did not answer are not chosen again. */
  async askOthers(asked: Asked) {
    const { solicitation } = asked;
    if (solicitation.state === 'waiting') await this.ensus.withdraw(asked);
    const kase = this.daybook.cases.find(({ id }) => id === solicitation.case);
    if (kase && kase.id !== this.call.id) await this.resume(kase);
    await this.beginEnSus();
    this.ensus.dismiss(solicitation.id);
  }

  /** Asks for a médecin traitant for the caller at hand, or the last one. */
  async requestMt() {
    if (!(await this.mt.open())) announce(this.mt.hint);
  }

  #pickCandidate(number: number) {
    const one = this.ensus.candidates[number - 1];
    if (one) this.ensus.pick(one.practitioner);
  }

  // A GP has taken the patient: the call is over when it is the one at hand.
  #taken(booking: Booking) {
    if (booking.case) this.call.tellEffort(booking.case, this.desk.me.name);
    void this.daybook.refresh();
    if (booking.case !== this.call.id || !this.call.id) return;
    this.#keepSeeker(booking, this.call.territory);
    this.ensus.cancel();
    this.call.clear();
    this.reserve.patient.clear();
    this.reserve.done = booking;
  }

  /** Does what a key asks for. */
  act(action: Action) {
    switch (action.do) {
      case 'move':
        return this.select(moved(this.rows, this.cursor, action.direction));
      case 'next':
        return this.select(stepped(this.best.free, this.cursor, 1));
      case 'previous':
        return this.select(stepped(this.best.free, this.cursor, -1));
      case 'choose':
        return this.#choose(action.number);
      case 'hold':
        return this.cursor && void this.take(this.cursor);
      case 'extend':
        return this.desk.unreachable ? announce(c.line.noExtend, 'bad') : void this.reserve.extend();
      case 'book':
        return void this.takeAndFill();
      case 'release':
        return this.#release();
      case 'commune':
        return this.#toCommune();
      case 'fresh':
        return this.#fresh();
      case 'outcome':
        return this.#ask('outcome');
      case 'noSolution':
        return this.#ask('why');
      case 'solicit':
        return void this.beginEnSus();
      case 'requestMt':
        return void this.requestMt();
      case 'reorder':
        return this.reorder();
      case 'print':
        return this.print();
      case 'help':
        return void (this.helpOpen = !this.helpOpen);
      case 'misplaced':
        return announce(c.keys.misplaced);
      case 'leaveField':
        return this.reserve.samePatient ? this.keepHold() : this.focusBoard();
    }
  }

  #choose(number: number) {
    if (this.call.asking) return this.answerOutcome?.(number);
    if (this.ensus.open) return this.#pickCandidate(number);
    if (this.reserve.conflict?.problem.alternatives.length) return void this.takeAlternative(number);
    this.select(this.best.shown[number - 1]);
    this.focusBoard();
  }

  /** Answers how the call ends, or why without solution, by number; set by the part that asks. */
  answerOutcome?: (number: number) => void;

  // The same key puts the question away again.
  #ask(question: 'outcome' | 'why') {
    if (!this.call.begun) return announce(c.call.noCall);
    this.call.asking = this.call.asking === question ? undefined : question;
  }

  #release() {
    if (this.reserve.samePatient) return this.keepHold();
    if (this.helpOpen) return void (this.helpOpen = false);
    if (this.call.asking) return void (this.call.asking = undefined);
    if (this.ensus.open) return this.leaveEnSus();
    void this.reserve.release();
  }

  // A letter never gives back what is in hand: it may be the first of a name.
  #fresh() {
    const { held, conflict, hold } = this.reserve;
    if (held || conflict || hold.at === 'asking') return announce(c.call.freshLater);
    void this.startCall();
  }

  #toCommune() {
    this.beginAnew();
    if (!this.call.begun) {
      this.call.effort.begin();
      this.call.effort.key(); // The one that led here.
    }
    this.focusCommune();
  }

  // In the middle of a hold, or with a refusal open, numbers must not change their meaning.
  get #busy(): boolean {
    const { hold, conflict } = this.reserve;
    return hold.at === 'held' || hold.at === 'asking' || (conflict?.problem.alternatives.length ?? 0) > 0;
  }

  async #restore(id: string, territory: string) {
    const kase = await this.call.restore(id, territory);
    if (!kase) return;
    if (this.reserve.patient.empty) this.reserve.patient.fill(kase.patient, this.communes);
    this.reorder();
    this.best.forget();
    await this.best.search(true);
  }

  #keepSeeker({ case: id, patient }: Booking, territory: string) {
    if (patient) this.mt.callEnded({ case: id, territory, patient });
  }

  #booked(territory: string) {
    lessons.booked();
    if (this.reserve.done) this.#keepSeeker(this.reserve.done, territory);
    void this.daybook.refresh();
    void this.best.search(true);
    this.focusBoard();
  }

  #anew() {
    this.from = this.#boardStart();
    this.cursor = undefined;
    this.#tellFocus();
    this.reorder();
    this.best.forget();
    void this.best.search(true);
  }

  // The first state of the territory, or all of it read again.
  #laidOut() {
    // Until each territory has told its slots, nothing stands yet that would have to keep its place.
    if (this.order.length === 0 || !this.#complete) {
      this.from = this.#boardStart();
      this.reorder();
    }
    this.#complete = this.desk.line.complete;
    void this.best.search(this.best.shown.length === 0);
  }

  #tellFocus() {
    this.desk.line.focus(this.cursor);
  }

  #boardStart(): number {
    const half = 1_800_000;
    return Math.floor(this.desk.line.now().getTime() / half) * half;
  }
}
