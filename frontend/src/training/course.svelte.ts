import { api, depart } from '../api/client';
import { Problem, wordsOf } from '../api/problem';
import type { Training } from '../api/types';

// Feedback is to be seen within a second and a half of what it is about.
const lookEvery = 800;
const notAKey = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'F2', 'F5', 'F12']);

/** One trainee's course: what the server says of it, asked again and again, and the keys pressed. */
export class Course {
  now = $state.raw<Training>();
  failure = $state('');
  /** The training is over: nobody was there for a while. */
  over = $state(false);
  /** Keys pressed by task number, in its present try. */
  keys = $state<Record<number, number>>({});

  #timer?: ReturnType<typeof setTimeout>;
  #turn = 0;

  /** Begins a training, or goes on with one. */
  async start() {
    this.failure = '';
    try {
      this.now = await api.post('/training', { anonymous: true });
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
      this.keys[number] = 0;
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

  /** Counts a key press while a task is being done. */
  pressed(event: KeyboardEvent) {
    if (!this.now || this.now.finished || event.repeat || notAKey.has(event.key)) return;
    this.keys[this.now.task] = (this.keys[this.now.task] ?? 0) + 1;
  }

  /** Ends the training; the server forgets it. */
  async leave() {
    depart();
    this.stop();
    await api.delete('/training', { anonymous: true }).catch(() => {}); // It is forgotten by itself, later.
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #again() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), lookEvery);
  }

  async #look() {
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
