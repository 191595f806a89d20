import { all, api } from '../api/client';
import type { Me, Slot, Territory } from '../api/types';
import { announce } from '../ui/announce.svelte';
import { isFree } from './best';
import { Call } from './call.svelte';
import { Closing } from './closing.svelte';
import { Communes } from './communes';
import { Daybook } from './daybook.svelte';
import { Desk } from './desk.svelte';
import { EnSus } from './ensus.svelte';
import { forgetFailures } from './failures';
import { MtRequest } from './mtrequest.svelte';
import { People, type Members } from './people';
import { Proposals } from './proposals.svelte';
import { Reserve } from './reserve.svelte';
import { Asking } from './turn/asking';
import { Layout } from './turn/layout.svelte';
import { Taking } from './turn/taking';
import { Turns } from './turn/turns';

const focusPause = 300;

async function membersOf(territory: Territory): Promise<Members> {
  const query = { territory: territory.id, limit: 500 };
  const practitioners = await all((cursor) => api.get('/practitioners', { query: { ...query, cursor } }));
  return { territory, practitioners };
}

/** Everything the console's parts share. What is done with it stands in work/, by what it is about. */
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

  readonly layout = new Layout(this);
  readonly turns = new Turns(this);
  readonly taking = new Taking(this);
  readonly asking = new Asking(this);

  /** The slot under the cursor. */
  cursor = $state<string>();
  helpOpen = $state(false);

  /** Parts of the page that keys lead to; set by those parts. */
  focusCommune: () => void = () => {};
  focusBoard: () => void = () => {};
  focusSubmit: () => void = () => {};
  /** Prints the list of a day, today when none is named; set by the part that lays it out. */
  print: (day?: string) => void = () => {};
  /** Answers how the call ends, or why without solution, by number; set by the part that asks. */
  answerOutcome?: (number: number) => void;

  #focusTimer?: ReturnType<typeof setTimeout>;

  constructor(me: Me, territories: Territory[], people: People) {
    const casesChanged = () => void this.daybook.readCases();
    this.desk = new Desk(me, territories, people, (notice) => {
      void this.daybook.noticed(notice);
      this.ensus.noticed(notice);
    });
    this.communes = new Communes(territories.flatMap(({ communes }) => communes));
    this.daybook = new Daybook(this.desk);
    this.call = new Call((commune) => this.desk.homeOf(commune), this.communes, casesChanged);
    this.closing = new Closing(casesChanged);
    this.best = new Proposals(this.desk, this.call, () => this.#busy);
    this.reserve = new Reserve(
      this.desk,
      this.call,
      (territory) => this.turns.booked(territory),
      () => void this.daybook.refresh(),
    );
    this.mt = new MtRequest(this.desk, this.call, this.reserve);
    this.ensus = new EnSus(this.desk, this.call, (booking) => this.turns.taken(booking), casesChanged);
    this.desk.onSlots((change) => change.all && this.#laidOut());
    this.layout.toNow();
    const { kept } = this.reserve;
    if (kept?.kase) void this.turns.restore(kept.kase, kept.territory);
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
    this.reserve.patient.adopt(before.reserve.patient);
    if (this.call.begun) void this.turns.wishesChanged();
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

  select(slot: string | undefined) {
    if (slot === undefined) return;
    this.cursor = slot;
    const known = this.desk.slot(slot);
    if (known?.booked) this.daybook.lookUp(known);
    if (this.reserve.hold.at === 'ended') this.reserve.dismiss();
    clearTimeout(this.#focusTimer);
    this.#focusTimer = setTimeout(() => this.tellFocus(), focusPause);
  }

  /** Shows colleagues which slot is looked at. */
  tellFocus() {
    this.desk.line.focus(this.cursor);
  }

  /** What the digits choose now, and the board's badges show: the others after a refusal, else the best. */
  get numbered(): string[] {
    const others = this.reserve.conflict?.problem.alternatives ?? [];
    return others.length > 0 ? others.map((slot) => slot.id) : this.best.shown;
  }

  /** The slot the right-hand panel is about. */
  get subject(): Slot | undefined {
    return this.desk.slot(this.reserve.subject(this.cursor));
  }

  /** Whether the patient can be booked on the slot of the panel. */
  get bookable(): boolean {
    const { subject } = this;
    if (!subject) return false;
    if (this.reserve.held?.slot === subject.id) return true;
    return isFree(subject, this.desk.now) && !this.reserve.lost(subject.id);
  }

  /** Asks for a médecin traitant for the caller at hand, or the last one. */
  async requestMt() {
    if (!(await this.mt.open())) announce(this.mt.hint);
  }

  // In the middle of a hold, or with a refusal open, numbers must not change their meaning.
  get #busy(): boolean {
    const { hold, conflict } = this.reserve;
    return hold.at === 'held' || hold.at === 'asking' || (conflict?.problem.alternatives.length ?? 0) > 0;
  }

  #laidOut() {
    this.layout.laidOut();
    void this.best.search(this.best.shown.length === 0);
  }
}
