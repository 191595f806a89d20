import { api } from '../../api/client';
import { Problem, wordsOf } from '../../api/problem';
import { speak } from '../../ui/announce.svelte';
import { words } from '../words';
import type { Choice, Plan, Sent } from './kinds';
import { allLines, byTier, parts, sendable, stillTicked, toSend, type Line } from './lines';
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
      this.plan = await api.get('/mt/plan', { query: { territory: this.territory } });
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
      const before = this.lines;
      const plan = await api.post('/mt/plan', { body: { territory: this.territory } });
      const kept = stillTicked(before, allLines(byTier(plan)), this);
      this.sent = new Map();
      this.told = undefined;
      this.plan = plan;
      this.problem = '';
      this.ticked = new Set(kept);
      speak(t.plan.computed(plan.served.length, plan.seekers));
    } catch (error) {
      this.problem = wordsOf(error);
    }
    this.computing = false;
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
    this.tick([request]);
  }

  /** Back to what the plan proposed. */
  unchoose({ patient, proposal }: Line) {
    this.chosen = without(this.chosen, patient.request);
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
