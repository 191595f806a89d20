import { all, api } from '../../api/client';
import type { Opening, OpeningChange, Pause, Slot } from '../../api/types';
import { addDays, dayOf, instant, rfc3339 } from '../../ui/time';
import type { MyAgenda } from '../agenda.svelte';
import { isRunning } from '../recurrence';

/** What one doctor opens by rule: weekly shifts with their exceptions, and pauses. */
export class Supply {
  shifts = $state.raw<Opening[]>([]);
  pauses = $state.raw<Pause[]>([]);
  known = $state(false);
  readonly agenda: MyAgenda;

  constructor(agenda: MyAgenda) {
    this.agenda = agenda;
  }

  async read() {
    const { practitioner, now, today } = this.agenda;
    const query = { practitioner, from: now.toISOString() };
    const [openings, pauses] = await Promise.all([
      all((cursor) => api.get('/openings', { query: { ...query, cursor } })),
      api.get('/pauses'),
    ]);
    this.shifts = openings.filter((opening) => isRunning(opening, today)).sort(byClock(this.agenda.zone));
    this.pauses = pauses.items;
    this.known = true;
  }

  /** Leaves one day out; gives the slots of that day that stay because somebody comes. */
  async leave({ id }: Opening, day: string): Promise<Slot[]> {
    const { kept } = await api.post('/openings/{id}/skips', { path: { id }, body: { day } });
    await this.#changed();
    return kept;
  }

  async giveBack({ id }: Opening, day: string) {
    await api.delete('/openings/{id}/skips/{day}', { path: { id, day } });
    await this.#changed();
  }

  async change({ id }: Opening, change: OpeningChange) {
    await api.patch('/openings/{id}', { path: { id }, body: change });
    await this.#changed();
  }

  /** Ends a shift: its free slots from the start of that day on are withdrawn. */
  async stop({ id }: Opening, day: string) {
    const { zone, now } = this.agenda;
    const from = instant(day, '00:00', zone);
    const moment = from > now ? rfc3339(from, zone) : undefined;
    await api.delete('/openings/{id}', { path: { id }, query: { from: moment } });
    await this.#changed();
  }

  async pause(from: string, to: string): Promise<Pause> {
    const pause = await api.post('/pauses', { body: { from, to } });
    await this.#changed();
    return pause;
  }

  async endPause({ id }: Pause) {
    await api.delete('/pauses/{id}', { path: { id } });
    await this.#changed();
  }

  /** The doctor's own slots of the seven days from a Monday on. */
  week(monday: string): Promise<Slot[]> {
    const { zone } = this.agenda;
    return this.agenda.ownSlots(instant(monday, '00:00', zone), instant(addDays(monday, 7), '00:00', zone));
  }

  async #changed() {
    this.agenda.refresh();
    await this.read();
  }
}

const byClock = (zone: string) => (a: Opening, b: Opening) => {
  const clock = ({ start }: Opening) => start.slice(11, 16) + dayOf(start, zone);
  return clock(a).localeCompare(clock(b));
};
