/** A day of birth or, when only that is known, a year. */
export interface Birth {
  date?: string;
  year?: number;
}

/** What "04/09/1952", "04091952", "1952-09-04" or "1952" says; undefined for what is neither a day nor a year. */
export function birthOf(text: string): Birth | undefined {
  const typed = text.trim();
  if (/^\d{4}$/.test(typed)) return { year: Number(typed) };
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  const parts =
    (iso && [typed, iso[3], iso[2], iso[1]]) ??
    /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(typed) ??
    /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  if (!parts) return;
  const [, day = '', month = '', year = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T12:00:00Z`);
  // 31/02 would come out as a day of March.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? { date } : undefined;
}

/** 1952-09-04 as 04/09/1952; a year as itself. */
export function birthText({ date, year }: Birth): string {
  if (date) return date.split('-').reverse().join('/');
  return year ? String(year) : '';
}
