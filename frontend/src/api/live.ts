import { goToSignIn, home } from './client';
import { Problem } from './problem';
import type { Booking, Hold, LiveCommand, LiveFrame, LiveNotice, Presence, ProblemBody, Slot } from './types';

/**
 * connecting: never heard yet; live: all is fresh; away: the server is there but its live engine is
 * not, so nothing can be held; down: the line is cut or silent. Away and down, slots are polled.
 */
export type LineState = 'connecting' | 'live' | 'away' | 'down';

/** What changed: everything (a snapshot or a poll), or some slots (a delta). */
export type Change = { all: true } | { all: false; slots: Slot[] };

/** The days watched: `days` civil days from `day`; `from` and `to` are the same bounds as instants. */
export interface Watch {
  territory: string;
  day: string;
  days: number;
  from: Date;
  to: Date;
}

export interface LineOptions {
  watch: Watch;
  onChange: (change: Change) => void;
  onState?: (state: LineState) => void;
  onNotice?: (notice: LiveNotice) => void;
  onPresence?: (who: Presence[]) => void;
  /** Reads the same slots over HTTP while the line is down. */
  poll?: (watch: Watch) => Promise<Slot[]>;
  /** The server ended the line for this person: signed out, or rights changed. */
  onDismissed?: () => void;
  connect?: () => WebSocket;
  random?: () => number;
}

type Answer = { hold: Hold; extend: Hold; release: object; book: Booking; focus: object; watch: object };
type Waiting = { resolve: (ok: never) => void; reject: (problem: Problem) => void; timer: Timer };
type Timer = ReturnType<typeof setTimeout>;
type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A command without the id, which the line gives it. */
export type Command = Exclude<OmitEach<LiveCommand, 'id'>, { op: 'watch' }>;

/** No tick for this long: what we show may be stale. Ticks come every 5 s. */
export const silence = 12_000;
const silenceWhenAway = 60_000;
const answerWithin = 10_000;
const pollEvery = 5_000;
const longestPause = 15_000;

const connectHere = () => {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return new WebSocket(`${scheme}://${location.host}${home}/api/v1/live`, 'relais.v1');
};

/**
 * The live line of one territory (protocol relais.v1): holds the present state of its slots and says
 * what changed. A delta is applied only on the position it starts from; anything else makes the line
 * watch again from where it is. A cut line comes back by itself, with a growing and jittered pause,
 * and the slots are read over HTTP meanwhile.
 */
export class LiveLine {
  readonly slots = new Map<string, Slot>();
  state: LineState = 'connecting';
  /** Milliseconds the server's clock is ahead of ours. */
  ahead = 0;

  #options: LineOptions;
  #watch: Watch;
  #socket?: WebSocket;
  #position?: { epoch: string; seq: number };
  #catchingUp = false;
  #ticksBehind = 0;
  #nextId = 1;
  #waiting = new Map<number, Waiting>();
  #attempts = 0;
  #reconnect?: Timer;
  #silent?: Timer;
  #poll?: Timer;
  #closed = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#watch = options.watch;
    this.#open();
  }

  /** The server's time, as well as we know it. */
  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  /** Follows other days, or another territory: what is held is forgotten and read again. */
  follow(watch: Watch) {
    this.#watch = watch;
    this.#position = undefined;
    this.slots.clear();
    this.#options.onChange({ all: true });
    this.#sendWatch();
  }

  /**
   * Sends a command and gives its answer. Throws the server's Problem, or one with the reason
   * live.disconnected or live.timeout: the command may then have been done or not.
   */
  send<C extends Command>(command: C): Promise<Answer[C['op']]> {
    const socket = this.#socket;
    if (!socket || socket.readyState !== 1)
      return Promise.reject(new Problem({ reason: 'live.disconnected' }));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id, new Problem({ reason: 'live.timeout' })), answerWithin);
      this.#waiting.set(id, { resolve, reject, timer });
      socket.send(JSON.stringify({ id, ...command }));
    });
  }

  /** Tries the line again at once: the network is back, or the page is shown again. */
  wake() {
    if (this.#closed || this.#socket) return;
    clearTimeout(this.#reconnect);
    this.#open();
  }

  /** The network is gone: the line is down now, not after a silence. */
  cut() {
    this.#drop();
  }

  close() {
    this.#closed = true;
    for (const timer of [this.#reconnect, this.#silent, this.#poll]) clearTimeout(timer);
    this.#drop();
  }

  #open() {
    const socket = (this.#options.connect ?? connectHere)();
    this.#socket = socket;
    socket.onopen = () => this.#sendWatch();
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(JSON.parse(String(event.data)) as LiveFrame);
    };
    socket.onclose = (event) => this.#ended(socket, event.code);
    this.#listen();
  }

  #sendWatch() {
    const { territory, day, days } = this.#watch;
    this.#catchingUp = true;
    void this.#ask({ op: 'watch', territory, day, days, ...(this.#position && { from: this.#position }) });
  }

  // A refused watch (rights changed, territory gone) is a line that cannot be had.
  async #ask(command: OmitEach<LiveCommand, 'id'>) {
    try {
      await this.send(command as Command);
    } catch (error) {
      if (error instanceof Problem && error.status > 0) this.#drop();
    }
  }

  #receive(frame: LiveFrame) {
    this.#listen();
    switch (frame.type) {
      case 'reply':
        return this.#settle(frame.id, frame.problem ? new Problem(frame.problem as ProblemBody) : frame.ok);
      case 'notice':
        return this.#options.onNotice?.(frame);
    }
    if (frame.territory !== this.#watch.territory) return;
    switch (frame.type) {
      case 'away':
        this.#become('away');
        this.#listen();
        if (!this.#poll) void this.#pollOnce();
        return;
      case 'presence':
        return this.#options.onPresence?.(frame.who);
      case 'snapshot':
        this.#ahead(frame.now);
        this.#position = { epoch: frame.epoch, seq: frame.seq };
        this.#replace(frame.slots);
        return this.#fresh();
      case 'delta':
        return this.#delta(frame);
      case 'tick':
        this.#ahead(frame.now);
        if (this.#at(frame.epoch, frame.seq)) return this.#fresh();
        this.#behind();
    }
  }

  // A second tick that finds us behind: the position led nowhere, so ask for everything.
  #behind() {
    if (++this.#ticksBehind > 1) this.#position = undefined;
    else if (this.#catchingUp) return;
    this.#sendWatch();
  }

  #delta(frame: Extract<LiveFrame, { type: 'delta' }>) {
    if (this.#position?.epoch === frame.epoch && frame.to <= this.#position.seq) return; // already had
    if (!this.#at(frame.epoch, frame.from)) {
      if (!this.#catchingUp) this.#sendWatch();
      return;
    }
    this.#position = { epoch: frame.epoch, seq: frame.to };
    const slots = frame.slots.filter((slot) => this.#watched(slot));
    for (const slot of slots) this.slots.set(slot.id, slot);
    if (slots.length > 0) this.#options.onChange({ all: false, slots });
    this.#fresh();
  }

  #at(epoch: string, seq: number): boolean {
    return this.#position?.epoch === epoch && this.#position.seq === seq;
  }

  #watched(slot: Slot): boolean {
    const start = Date.parse(slot.start);
    return start >= this.#watch.from.getTime() && start < this.#watch.to.getTime();
  }

  #replace(slots: Slot[]) {
    this.slots.clear();
    for (const slot of slots) if (this.#watched(slot)) this.slots.set(slot.id, slot);
    this.#options.onChange({ all: true });
  }

  #ahead(now: string) {
    this.ahead = Date.parse(now) - Date.now();
  }

  // Our position is the server's: nothing is missing.
  #fresh() {
    this.#catchingUp = false;
    this.#ticksBehind = 0;
    this.#attempts = 0;
    clearTimeout(this.#poll);
    this.#poll = undefined;
    this.#become('live');
  }

  // Every frame proves the line; without any for a while it is cut, and tried anew.
  #listen() {
    clearTimeout(this.#silent);
    this.#silent = setTimeout(() => this.#drop(), this.state === 'away' ? silenceWhenAway : silence);
  }

  #drop() {
    const socket = this.#socket;
    if (!socket) return;
    this.#lost(socket);
    socket.close();
  }

  #ended(socket: WebSocket, code: number) {
    if (socket === this.#socket && (code === 4401 || code === 4403)) {
      this.close();
      return (this.#options.onDismissed ?? goToSignIn)();
    }
    this.#lost(socket);
  }

  #lost(socket: WebSocket) {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#catchingUp = false;
    clearTimeout(this.#silent);
    for (const id of [...this.#waiting.keys()])
      this.#settle(id, new Problem({ reason: 'live.disconnected' }));
    if (this.#closed) return;
    this.#become('down');
    this.#reconnect = setTimeout(() => this.#open(), this.#pause());
    if (!this.#poll) void this.#pollOnce();
  }

  #pause(): number {
    const whole = Math.min(longestPause, 500 * 2 ** this.#attempts++);
    return whole / 2 + (this.#options.random ?? Math.random)() * (whole / 2);
  }

  async #pollOnce() {
    if (!this.#options.poll) return;
    this.#poll = setTimeout(() => void this.#pollOnce(), pollEvery);
    try {
      const slots = await this.#options.poll(this.#watch);
      if ((this.state !== 'down' && this.state !== 'away') || this.#closed) return;
      // What was polled knows no position, and no holds while the engine is away: read all again later.
      this.#position = undefined;
      this.#replace(slots);
    } catch {
      // Still away: the state already says so.
    }
  }

  #settle(id: number, answer: unknown) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (answer instanceof Problem) waiting.reject(answer);
    else waiting.resolve(answer as never);
  }

  #become(state: LineState) {
    if (state === this.state) return;
    this.state = state;
    this.#options.onState?.(state);
  }
}

/** The hold of this person on a slot, if any: on the wire every console reads the same bytes. */
export function myHold(slot: Slot, me: string) {
  return slot.held.find((seat) => seat.holder === me);
}
