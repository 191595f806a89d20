// Civil time of a territory. Instants travel as RFC 3339 with offset; people read and type hours of
// the territory's zone, whatever the zone of their own machine.

type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const partsFormats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  let format = partsFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    partsFormats.set(zone, format);
  }
  return format;
}

/** The calendar date and wall-clock time of an instant in a zone. */
export function civil(at: Date | string, zone: string): Parts {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of partsFormat(zone).formatToParts(new Date(at))) {
    if (type in parts) parts[type as keyof Parts] = Number(value);
  }
  return parts;
}

const two = (n: number) => String(n).padStart(2, '0');

/** The civil day of an instant, as 2026-11-23. */
export function dayOf(at: Date | string, zone: string): string {
  const { year, month, day } = civil(at, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** "14 h 05", or "8 h" when the hour is round and `short` is asked. */
export function hour(at: Date | string, zone: string, short = false): string {
  const { hour, minute } = civil(at, zone);
  return short && minute === 0 ? `${hour} h` : `${hour} h ${two(minute)}`;
}

/** "14:05", the value of an <input type="time">. */
export function clock(at: Date | string, zone: string): string {
  const { hour, minute } = civil(at, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** The day `n` days after a civil day (negative: before). */
export function addDays(day: string, n: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + n);
  return at.toISOString().slice(0, 10);
}

/** ISO weekday of a civil day: Monday is 1, Sunday is 7. */
export function weekday(day: string): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
}

function offsetMinutes(at: Date, zone: string): number {
  const p = civil(at, zone);
  const wall = Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second);
  return Math.round((wall - Math.floor(at.getTime() / 1000) * 1000) / 60000);
}

/**
 * The instant of a wall-clock time in a zone. A time skipped in spring moves forward by the skipped
 * hour; a time that happens twice in autumn is its first occurrence.
 */
export function instant(day: string, time: string, zone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const before = offsetMinutes(new Date(wall - 86_400_000), zone);
  const after = offsetMinutes(new Date(wall + 86_400_000), zone);
  const guesses = [...new Set([before, after])].map((offset) => new Date(wall - offset * 60000));
  const exact = guesses.filter((g) => clock(g, zone) === time && dayOf(g, zone) === day);
  return exact.sort((a, b) => a.getTime() - b.getTime())[0] ?? new Date(wall - before * 60000);
}

/** RFC 3339 with the offset of the zone: 2026-11-23T14:05:00+01:00. */
export function rfc3339(at: Date, zone: string): string {
  const p = civil(at, zone);
  const offset = offsetMinutes(at, zone);
  const sign = offset < 0 ? '-' : '+';
  const abs = Math.abs(offset);
  return (
    `${p.year}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}:${two(p.second)}` +
    `${sign}${two(Math.floor(abs / 60))}:${two(abs % 60)}`
  );
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** A civil day in words: "lundi 23 novembre", "dimanche 1er novembre", or "lun. 23 nov." when `short`. */
export function dayInWords(day: string, locale: string, short = false): string {
  const key = `${locale} ${short}`;
  let format = dayFormats.get(key);
  if (!format) {
    const width = short ? 'short' : 'long';
    format = new Intl.DateTimeFormat(locale, {
      timeZone: 'UTC',
      weekday: width,
      day: 'numeric',
      month: width,
    });
    dayFormats.set(key, format);
  }
  const said = format.format(new Date(`${day}T12:00:00Z`));
  return locale.startsWith('fr') ? said.replace(/(?<!\d)1 /, '1er ') : said;
}

/** Whole years lived at an instant by someone born on a civil day. */
export function age(birthDate: string, at: Date, zone: string): number {
  const now = civil(at, zone);
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const hadBirthday = now.month > month || (now.month === month && now.day >= day);
  return now.year - year - (hadBirthday ? 0 : 1);
}

/** This machine's clock; the live line knows how far it is from the server's. */
export const machineNow = () => new Date();
