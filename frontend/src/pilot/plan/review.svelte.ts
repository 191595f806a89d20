import { SvelteMap, SvelteSet } from 'svelte/reactivity';
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

  readonly ticked = new SvelteSet<string>();
  readonly chosen = new SvelteMap<string, Choice>();
  readonly sent = new SvelteMap<string, Sent>();

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
      this.sent.clear();
      this.told = undefined;
      this.plan = plan;
      this.problem = '';
      this.tick(kept, true);
      speak(t.plan.computed(plan.served.length, plan.seekers));
    } catch (error) {
      this.problem = wordsOf(error);
    }
    this.computing = false;
  }

  /** Ticks exactly these, or with `only` false these too. */
  tick(requests: string[], only = false) {
    if (only) this.ticked.clear();
    for (const request of requests) this.ticked.add(request);
  }
  untick(requests: string[]) {
    for (const request of requests) this.ticked.delete(request);
  }

  /** Those of the lines that may be ticked. */
  sendable(lines: Line[]): string[] {
    return lines.filter((line) => sendable(line, this)).map(({ patient }) => patient.request);
  }

  /** Gives a line another GP, and ticks it: whoever chooses agrees. */
  choose(request: string, choice: Choice) {
    this.chosen.set(request, choice);
    this.sent.delete(request);
    this.ticked.add(request);
  }

  /** Back to what the plan proposed. */
  unchoose({ patient, proposal }: Line) {
    this.chosen.delete(patient.request);
    this.sent.delete(patient.request);
    if (!proposal) this.ticked.delete(patient.request);
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
        for (const item of items) this.note(item);
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

  private note(item: Sent) {
    this.sent.set(item.request, item);
    if (item.offer) this.ticked.delete(item.request);
  }
}
