// "Comme la semaine dernière": what was published then, as it would be published again. Pure.
import type { NewOpening, Slot } from '../../api/types';
import { addDays, clock, dayOf, instant, rfc3339, weekday } from '../../ui/time';
import { inTheWay, type Own } from '../publish';

/** Slots one after the other, of one kind, that were one publication; or one range with its seats. */
export interface Block {
  day: string;
  start: string;
  end: string;
  slots: Slot[];
}

/** What becomes of a block when it is published again. */
export interface Plan {
  block: Block;
  /** What is still to publish: the block without what is already there or already past. */
  openings: NewOpening[];
  /** How many slots or seats those offer. */
  offers: number;
  /** How many of the block's slots are there already. */
  there: number;
  past: boolean;
}

/** The Monday of the week of a civil day. */
export const mondayOf = (day: string) => addDays(day, 1 - weekday(day));

const minutesOf = ({ start, end }: Pick<Slot, 'start' | 'end'>) =>
  Math.round((Date.parse(end) - Date.parse(start)) / 60_000);

const alike = (a: Slot, b: Slot, zone: string) =>
  a.seats === 1 &&
  b.seats === 1 &&
  Date.parse(a.end) === Date.parse(b.start) &&
  minutesOf(a) === minutesOf(b) &&
  a.location === b.location &&
  a.modality === b.modality &&
  a.audience === b.audience &&
  dayOf(a.start, zone) === dayOf(b.start, zone);

/** Runs of like slots. */
function runs(slots: Slot[], zone: string): Slot[][] {
  const found: Slot[][] = [];
  for (const slot of slots) {
    const last = found.at(-1);
    if (last && alike(last.at(-1)!, slot, zone)) last.push(slot);
    else found.push([slot]);
  }
  return found;
}

/** The blocks of a week, by start. What was withdrawn, or made for one patient en sus, is not repeated. */
export function blocksOf(slots: Slot[], zone: string): Block[] {
  const offered = slots
    .filter((slot) => !slot.withdrawn && !slot.extra)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  return runs(offered, zone).map((slots) => ({
    day: dayOf(slots[0]!.start, zone),
    start: slots[0]!.start,
    end: slots.at(-1)!.end,
    slots,
  }));
}

/** A slot `days` civil days later, at the same hours of the clock. */
function moved(slot: Slot, days: number, zone: string): Slot {
  const at = (time: string) =>
    instant(addDays(dayOf(time, zone), days), clock(time, zone), zone).toISOString();
  return { ...slot, start: at(slot.start), end: at(slot.end) };
}

function openingOf(slots: Slot[], zone: string): NewOpening {
  const [first, last] = [slots[0]!, slots.at(-1)!];
  const { location, modality, audience, seats } = first;
  return {
    location,
    start: rfc3339(new Date(first.start), zone),
    end: rfc3339(new Date(last.end), zone),
    modality,
    audience,
    ...(seats > 1 ? { seats } : { slotMinutes: minutesOf(first) }),
  };
}

/** What publishing a block again, `days` days later, comes to beside what is there already. */
export function planOf(block: Block, days: number, own: Own[], now: Date, zone: string): Plan {
  const later = block.slots.map((slot) => moved(slot, days, zone));
  const ahead = later.filter(({ start }) => Date.parse(start) > now.getTime());
  const free = ahead.filter(({ start, end }) => inTheWay(own, new Date(start), new Date(end)).length === 0);
  return {
    block,
    openings: runs(free, zone).map((slots) => openingOf(slots, zone)),
    offers: free.reduce((sum, { seats }) => sum + seats, 0),
    there: ahead.length - free.length,
    past: ahead.length === 0,
  };
}
