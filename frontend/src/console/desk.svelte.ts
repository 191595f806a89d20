import { all, api } from '../api/client';
import { LiveLine, type Change, type LineState, type Watch } from '../api/live';
import type { LiveNotice, Me, Presence, Slot, Territory } from '../api/types';
import { addDays, dayOf, instant } from '../ui/time';
import type { People } from './people';

type SlotListener = (change: Change) => void;

/** Today and tomorrow in the territory's zone: what the console watches. */
export function watchFrom(territory: Territory, now: Date): Watch {
  const day = dayOf(now, territory.zone);
  return {
    territory: territory.id,
    day,
    days: 2,
    from: instant(day, '00:00', territory.zone),
    to: instant(addDays(day, 2), '00:00', territory.zone),
  };
}

/**
 * What is in front of the regulator: the territory's slots as they stand, the line that keeps them so,
 * the server's time, and who looks at what. `version` rises, once a frame at most, with every change.
 */
export class Desk {
  readonly me: Me;
  readonly territory: Territory;
  readonly people: People;
  readonly line: LiveLine;
  watch: Watch;

  version = $state(0);
  /** Rises when a slot came, left or moved in time: the board is then laid out anew. */
  layout = $state(0);
  /** The server's time, to five seconds: whatever is worded by it is worded anew that often. */
  now = $state.raw(new Date());
  lineState = $state<LineState>('connecting');
  /** When what is shown was last known to be true. */
  freshAt = $state.raw(new Date());
  /** The live engine is away: holds are not to be had. */
  degraded = $state(false);
  /** Neither the line nor HTTP answers. */
  unreachable = $state(false);
  presence = $state.raw<Presence[]>([]);

  #listeners = new Set<SlotListener>();
  #known = new Map<string, string>();
  #frame = 0;
  #clock: ReturnType<typeof setInterval>;

  constructor(me: Me, territory: Territory, people: People, onNotice: (notice: LiveNotice) => void) {
    this.me = me;
    this.territory = territory;
    this.people = people;
    this.watch = watchFrom(territory, new Date());
    this.line = new LiveLine({
      watch: this.watch,
      onChange: (change) => this.#changed(change),
      onState: (state) => this.#became(state),
      onPresence: (who) => (this.presence = who.filter((other) => other.holder !== me.id)),
      onNotice,
      poll: (watch) => this.#poll(watch),
    });
    this.#clock = setInterval(() => this.#turn(), 5_000);
  }

  get zone(): string {
    return this.territory.zone;
  }

  /** The present state of a slot; reading it follows its changes. */
  slot(id: string | undefined): Slot | undefined {
    void this.version;
    return id === undefined ? undefined : this.line.slots.get(id);
  }

  /** Calls back on every change, at once. Returns how to stop. */
  onSlots(listener: SlotListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the server whether holds are back. */
  async probe() {
    try {
      const query = { territory: this.territory.id, limit: 1 };
      this.degraded = (await api.get('/slots', { query })).degraded ?? false;
      this.unreachable = false;
    } catch {
      // The banner already says it.
    }
  }

  close() {
    clearInterval(this.#clock);
    cancelAnimationFrame(this.#frame);
    this.line.close();
  }

  #changed(change: Change) {
    if (change.all) this.now = this.line.now();
    this.#noteLayout(change);
    for (const listener of this.#listeners) listener(change);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.version++;
    });
  }

  #noteLayout(change: Change) {
    const place = (slot: Slot) => `${slot.practitioner} ${slot.start} ${slot.end}`;
    if (change.all) {
      this.#known = new Map([...this.line.slots.values()].map((slot) => [slot.id, place(slot)]));
      this.layout++;
      return;
    }
    const moved = change.slots.filter((slot) => this.#known.get(slot.id) !== place(slot));
    for (const slot of moved) this.#known.set(slot.id, place(slot));
    if (moved.length > 0) this.layout++;
  }

  #became(state: LineState) {
    this.lineState = state;
    if (state !== 'live') return;
    this.degraded = false;
    this.unreachable = false;
    this.freshAt = this.line.now();
  }

  async #poll(watch: Watch): Promise<Slot[]> {
    const { territory, from, to } = watch;
    const period = { from: from.toISOString(), to: to.toISOString() };
    try {
      const slots = await all(async (cursor) => {
        const page = await api.get('/slots', { query: { territory, ...period, cursor, limit: 500 } });
        this.degraded = page.degraded ?? false;
        return page;
      });
      this.unreachable = false;
      this.freshAt = this.line.now();
      return slots;
    } catch (error) {
      this.unreachable = true;
      throw error;
    }
  }

  // The clock of the page; at midnight the days watched move on.
  #turn() {
    this.now = this.line.now();
    if (this.lineState === 'live') this.freshAt = this.now;
    if (this.degraded && this.lineState === 'live') void this.probe();
    const watch = watchFrom(this.territory, this.now);
    if (watch.day === this.watch.day) return;
    this.watch = watch;
    this.line.follow(watch);
  }
}
