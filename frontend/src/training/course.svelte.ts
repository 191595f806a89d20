import { api, depart } from '../api/client';
import { Problem, wordsOf } from '../api/problem';
import type { Training } from '../api/types';
import { keptKeys, keepKeys } from './keptkeys';

// Feedback is to be seen as soon as it stands: who has just acted, or waits for somebody else to, looks more often.
const lookEvery = 1000;
const lookSoon = 400;
const actingFor = 3000;
const notAKey = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'F2', 'F5', 'F12']);

/** The first step that is not done. */
export const upcoming = ({ steps }: Training) => steps.find(({ done }) => !done);

// Nothing was done in it yet: no key of another training counts for it.
const untouched = ({ tasks, steps, say }: Training) =>
  !say &&
  steps.every(({ done }) => !done) &&
  tasks.every(({ state }) => state === 'todo' || state === 'current');

/** One trainee's course: what the server says of it, asked again and again, and the keys pressed. */
export class Course {
  now = $state.raw<Training>();
  failure = $state('');
  /** The training is over: nobody was there for a while. */
  over = $state(false);
  /** Keys pressed by task number, in its present try. */
  keys = $state<Record<number, number>>({});

  #timer?: ReturnType<typeof setTimeout>;
  #due = 0;
  #acted = -Infinity;
  #turn = 0;

  /** Begins a training, or goes on with one. */
  async start() {
    this.failure = '';
    try {
      this.now = await api.post('/training', { anonymous: true });
      this.keys = untouched(this.now) ? {} : keptKeys();
      this.#again();
    } catch (error) {
      this.failure = wordsOf(error);
    }
  }

  /** Begins a task, for the first time or anew. */
  async begin(number: number) {
    const turn = ++this.#turn;
    try {
      const now = await api.post('/training/tasks/{number}', { path: { number }, anonymous: true });
      this.#count(number, 0);
      if (turn === this.#turn) this.now = now;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The task to do after this one: the next that is not done, undefined when all are. */
  get following(): number | undefined {
    const { tasks, task } = this.now ?? { tasks: [], task: 0 };
    const left = tasks.filter(({ state, number }) => state !== 'done' && number !== task);
    return (left.find(({ number }) => number > task) ?? left.find(({ state }) => state === 'todo'))?.number;
  }

  /** Counts a key press while a task is being done, and looks soon what came of it. */
  pressed(event: KeyboardEvent) {
    if (!this.now) return;
    this.acted();
    if (this.now.finished || event.repeat || notAKey.has(event.key)) return;
    this.#count(this.now.task, (this.keys[this.now.task] ?? 0) + 1);
  }

  /** Something was pressed: what the server says of it is looked at soon. */
  acted() {
    this.#acted = performance.now();
    if (this.#timer !== undefined && this.#due > this.#acted + lookSoon) this.#again();
  }

  #count(task: number, presses: number) {
    this.keys[task] = presses;
    keepKeys(this.keys);
  }

  /** Ends the training; the server forgets it. */
  async leave() {
    depart();
    this.stop();
    keepKeys({});
    await api.delete('/training', { anonymous: true }).catch(() => {}); // It is forgotten by itself, later.
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #again() {
    clearTimeout(this.#timer);
    const now = performance.now();
    const waits = this.now && !this.now.finished && upcoming(this.now)?.keys.length === 0;
    const pause = waits || now - this.#acted < actingFor ? lookSoon : lookEvery;
    this.#due = now + pause;
    this.#timer = setTimeout(() => void this.#look(), pause);
  }

  async #look() {
    this.#timer = undefined;
    const turn = this.#turn;
    try {
      const now = document.hidden ? this.now : await api.get('/training', { anonymous: true });
      if (turn === this.#turn) this.now = now;
    } catch (error) {
      this.#failed(error);
    }
    if (!this.over) this.#again();
  }

  #failed(error: unknown) {
    if (error instanceof Problem && error.status === 401) this.over = true;
  }
}
