import { all, api } from '../api/client';
import type { Change, LineState, Watch } from '../api/live';
import type { LiveNotice, Me, Presence, Slot, Territory } from '../api/types';
import { addDays, dayOf, instant } from '../ui/time';
import { Lines } from './lines';
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
 * What is in front of the regulator: the slots of one territory or of several as they stand, the lines
 * that keep them so, the server's time, and who looks at what. `version` rises, once a frame at most,
 * with every change.
 */
export class Desk {
  readonly me: Me;
  readonly territories: Territory[];
  readonly people: People;
  readonly line: Lines;
  /** The days shown, of the first territory: the board has one zone. */
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

  constructor(me: Me, territories: Territory[], people: People, onNotice: (notice: LiveNotice) => void) {
    this.me = me;
    this.territories = territories;
    this.people = people;
    const watches = this.#watches(new Date());
    this.watch = watches[0]!;
    this.line = new Lines({
      watches,
      onChange: (change) => this.#changed(change),
      onState: (state) => this.#became(state),
      onPresence: (who) => (this.presence = who.filter((other) => other.holder !== me.id)),
      onNotice,
      poll: (watch) => this.#poll(watch),
    });
    this.#clock = setInterval(() => this.#turn(), 5_000);
  }

  /** The first territory: whose zone the board has, and where a case goes that is from nowhere else. */
  get territory(): Territory {
    return this.territories[0]!;
  }

  get several(): boolean {
    return this.territories.length > 1;
  }

  get zone(): string {
    return this.territory.zone;
  }

  /** Whether a territory is on this board. */
  shows(territory: string | undefined): boolean {
    return this.territories.some(({ id }) => id === territory);
  }

  /** Where the case of a caller belongs: the territory of their commune, else the first. */
  homeOf(commune: string | undefined): string {
    const home = this.territories.find((each) => each.communes.some(({ insee }) => insee === commune));
    return (home ?? this.territory).id;
  }

  /** The territories whose line is cut or away, when others are not. */
  get cutOff(): string[] {
    void this.lineState;
    void this.now;
    const { silent } = this.line;
    return silent.length < this.territories.length ? silent.map((i) => this.territories[i]!.name) : [];
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
    const watches = this.#watches(this.now);
    if (watches[0]!.day === this.watch.day) return;
    this.watch = watches[0]!;
    this.line.follow(watches);
  }

  // Every territory is watched from the first one's midnight: one board, one axis.
  #watches(now: Date): Watch[] {
    const watch = watchFrom(this.territory, now);
    return this.territories.map(({ id }) => ({ ...watch, territory: id }));
  }
}
