import { LiveLine, type Change, type Command, type LineState, type Watch } from '../api/live';
import type { LiveNotice, Presence, Slot } from '../api/types';

export interface LinesOptions {
  watches: Watch[];
  onChange: (change: Change) => void;
  onState: (state: LineState) => void;
  onPresence: (who: Presence[]) => void;
  onNotice: (notice: LiveNotice) => void;
  poll: (watch: Watch) => Promise<Slot[]>;
  open?: (options: ConstructorParameters<typeof LiveLine>[0]) => LiveLine;
}

const worstFirst: LineState[] = ['down', 'away', 'connecting', 'live'];

/**
 * The live lines of the territories on the board: one each, since a line watches one territory, seen
 * from outside as one. What concerns a slot goes over the line of its territory.
 */
export class Lines {
  /** The present state of every slot of the board. */
  readonly slots = new Map<string, Slot>();

  #lines: LiveLine[];
  #of = new Map<string, LiveLine>();
  #presence = new Map<LiveLine, Presence[]>();
  #focused?: LiveLine;
  #heard = new Set<LiveLine>();
  #options: LinesOptions;

  constructor(options: LinesOptions) {
    this.#options = options;
    const open = options.open ?? ((each) => new LiveLine(each));
    this.#lines = options.watches.map((watch) => {
      const line: LiveLine = open({
        watch,
        poll: options.poll,
        onNotice: options.onNotice,
        onChange: (change) => this.#changed(line, change),
        onState: () => options.onState(this.state),
        onPresence: (who) => this.#present(line, who),
      });
      return line;
    });
  }

  /** The worst of the lines' states: nothing is called live that is not all live. */
  get state(): LineState {
    return worstFirst.find((state) => this.#lines.some((line) => line.state === state)) ?? 'connecting';
  }

  /** The places in the order of the watches that are not heard from. */
  get silent(): number[] {
    return this.#lines.flatMap((line, i) => (line.state === 'live' ? [] : [i]));
  }

  /** Whether every territory has told all of its slots once. */
  get complete(): boolean {
    return this.#heard.size === this.#lines.length;
  }

  /** Milliseconds the server's clock is ahead of ours. */
  get ahead(): number {
    return this.#lines[0]!.ahead;
  }

  now(): Date {
    return this.#lines[0]!.now();
  }

  /** The line to command a slot over. */
  for(slot: string | undefined): LiveLine {
    return (slot !== undefined && this.#of.get(slot)) || this.#lines[0]!;
  }

  /** Tells colleagues what is looked at, and those of another territory that it no longer is theirs. */
  focus(slot: string | undefined) {
    const line = this.for(slot);
    if (this.#focused && this.#focused !== line) this.#tell(this.#focused, { op: 'focus' });
    this.#focused = line;
    this.#tell(line, { op: 'focus', ...(slot && { slot }) });
  }

  follow(watches: Watch[]) {
    for (const [i, line] of this.#lines.entries()) line.follow(watches[i]!);
  }

  wake() {
    for (const line of this.#lines) line.wake();
  }

  cut() {
    for (const line of this.#lines) line.cut();
  }

  close() {
    for (const line of this.#lines) line.close();
  }

  #tell(line: LiveLine, command: Command) {
    void line.send(command).catch(() => {}); // Colleagues see it a little later, or not at all.
  }

  #changed(line: LiveLine, change: Change) {
    if (change.all) {
      this.#heard.add(line);
      for (const [id, of] of this.#of) if (of === line && !line.slots.has(id)) this.#drop(id);
      for (const slot of line.slots.values()) this.#keep(line, slot);
    } else for (const slot of change.slots) this.#keep(line, slot);
    this.#options.onChange(change);
  }

  #keep(line: LiveLine, slot: Slot) {
    this.slots.set(slot.id, slot);
    this.#of.set(slot.id, line);
  }

  #drop(id: string) {
    this.slots.delete(id);
    this.#of.delete(id);
  }

  #present(line: LiveLine, who: Presence[]) {
    this.#presence.set(line, who);
    this.#options.onPresence([...this.#presence.values()].flat());
  }
}
