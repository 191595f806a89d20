import { api } from '../../api/client';
import { Problem, wordsOf } from '../../api/problem';
import { speak } from '../../ui/announce.svelte';
import { words } from '../words';
import type { Choice, Plan, Sent } from './kinds';
import {
  allLines,
  byTier,
  givenBy,
  parts,
  sendable,
  seeks,
  stillTicked,
  toSend,
  type Line,
  type Marks,
} from './lines';
import { words as t } from './words';

/**
 * A plan under review. It sends only what is ticked; what could not be sent stays ticked, and what was
 * refused keeps its reason.
 */
export class Review {
  /** Null: none was ever computed. */
  plan = $state.raw<Plan | null>();
  /** Why there is no plan to show. */
  problem = $state('');
  busy = $state(true);
  computing = $state(false);
  /** How many lines are on their way, and how many of them have an answer. */
  sending = $state.raw<{ done: number; all: number }>();
  /** What became of the last sending. */
  told = $state.raw<{ sent: number; refused: number; left: number; why: string }>();

  // Replaced as wholes: thousands of lines then look once, whatever number of them changed.
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  chosen = $state.raw<ReadonlyMap<string, Choice>>(new Map());
  sent = $state.raw<ReadonlyMap<string, Sent>>(new Map());
  given = $state.raw<Marks['given']>(new Map());

  readonly groups = $derived(this.plan ? byTier(this.plan) : []);
  readonly lines = $derived(allLines(this.groups));
  readonly out = $derived(toSend(this.lines, this));

  constructor(private territory: string) {
    void this.load();
  }

  /** Under the name that what shows an answer knows. */
  get value() {
    return this.problem ? undefined : this.plan;
  }
  again() {
    void this.load();
  }

  async load() {
    this.busy = true;
    try {
      const plan = await api.get('/mt/plan', { query: { territory: this.territory } });
      if (this.plan && plan.id !== this.plan.id) this.turnTo(plan);
      else this.plan = plan;
      this.problem = '';
    } catch (error) {
      if (error instanceof Problem && error.reason === 'attribution.plan_unknown') this.plan = null;
      else this.problem = error instanceof Problem && error.status === 403 ? words.denied : wordsOf(error);
    }
    this.busy = false;
  }

  /** Computes anew. A tick stays where the new plan says the same. */
  async compute() {
    this.computing = true;
    try {
      const plan = await api.post('/mt/plan', { body: { territory: this.territory } });
      this.turnTo(plan);
      this.problem = '';
      speak(t.plan.computed(plan.served.length, plan.seekers));
    } catch (error) {
      this.problem = wordsOf(error);
    }
    this.computing = false;
  }

  // A tick and a GP chosen by hand stay where the new plan says the same.
  private turnTo(plan: Plan) {
    const after = allLines(byTier(plan));
    const seeking = new Set(
      after.filter(({ patient }) => seeks(patient)).map(({ patient }) => patient.request),
    );
    this.ticked = new Set(stillTicked(this.lines, after, this));
    this.chosen = new Map([...this.chosen].filter(([request]) => seeking.has(request)));
    this.sent = new Map();
    this.given = new Map();
    this.told = undefined;
    this.plan = plan;
    // The new plan does not know of choices that were not sent.
    for (const [request, choice] of this.chosen) this.give(request, choice);
  }

  tick(requests: string[]) {
    this.ticked = new Set([...this.ticked, ...requests]);
  }
  untick(requests: string[]) {
    const less = new Set(requests);
    this.ticked = new Set([...this.ticked].filter((request) => !less.has(request)));
  }

  /** Those of the lines that may be ticked. */
  sendable(lines: Line[]): string[] {
    return lines.filter((line) => sendable(line, this)).map(({ patient }) => patient.request);
  }

  /** Gives a line another GP, and ticks it: whoever chooses agrees. */
  choose(request: string, choice: Choice) {
    this.chosen = new Map([...this.chosen, [request, choice]]);
    this.forget(request);
    this.give(request, choice);
    this.tick([request]);
  }

  /** Back to what the plan proposed. */
  unchoose({ patient, proposal }: Line) {
    this.chosen = without(this.chosen, patient.request);
    this.given = new Map([...this.given].filter(([, { to }]) => to !== patient.request));
    this.forget(patient.request);
    if (!proposal) this.untick([patient.request]);
  }

  async send() {
    const lines = this.out;
    this.sending = { done: 0, all: lines.length };
    let sent = 0;
    let why = '';
    try {
      for (const part of parts(lines)) {
        const { items } = await api.post('/mt/offers', {
          body: { territory: this.territory, plan: this.plan?.id, lines: part },
        });
        this.note(items);
        sent += items.filter(({ offer }) => offer).length;
        this.sending = { done: this.sending.done + part.length, all: lines.length };
      }
    } catch (error) {
      why = wordsOf(error);
    }
    const { done } = this.sending;
    this.sending = undefined;
    this.told = { sent, refused: done - sent, left: lines.length - done, why };
    await this.load();
  }

  // Who loses the place is no longer sent, even if ticked before.
  private give(request: string, choice: Choice) {
    this.given = givenBy(this.lines, this, request, choice);
    this.untick([...this.given].filter(([, { to }]) => to === request).map(([loser]) => loser));
  }

  private note(items: Sent[]) {
    this.sent = new Map([...this.sent, ...items.map((item) => [item.request, item] as const)]);
    this.untick(items.filter(({ offer }) => offer).map(({ request }) => request));
  }

  // What was said of a line that is now another.
  private forget(request: string) {
    this.sent = without(this.sent, request);
  }
}

const without = <T>(map: ReadonlyMap<string, T>, key: string) =>
  new Map([...map].filter(([other]) => other !== key));

const reviews = new Map<string, Review>();

/**
 * The review of a territory's plan, for as long as the page stays: who opens a dossier and comes back
 * finds what was ticked and chosen. It names nobody and is stored nowhere.
 */
export function reviewOf(territory: string): Review {
  const kept = reviews.get(territory);
  if (kept) {
    if (!kept.sending && !kept.computing) {
      kept.told = undefined;
      kept.again();
    }
    return kept;
  }
  // Of no component: what it derives outlives the section that asked first.
  $effect.root(() => void reviews.set(territory, new Review(territory)));
  return reviews.get(territory)!;
}
