import { describe, expect, it } from 'vitest';
import {
  bounds,
  chipStarts,
  freshDraft,
  inTheWay,
  learnt,
  nextFree,
  offered,
  openingOf,
  ownOf,
  partOfDay,
  refusal,
  times,
  usualSize,
  weeklyDraft,
  type Draft,
  type Own,
} from './publish';

const zone = 'Europe/Paris';
const at = (time: string) => new Date(`2026-11-23T${time}:00+01:00`);
const draft = (now: Date, change: Partial<Draft> = {}): Draft => ({
  ...freshDraft({}, ['l1', 'l2'], now, zone),
  ...change,
});

describe('chips', () => {
  it('start at the next five minutes, in an hour, and at their hours', () => {
    const starts = chipStarts(at('09:02'), zone);
    expect(starts.now).toEqual(at('09:05'));
    expect(starts.hour).toEqual(at('10:05'));
    expect(starts.noon).toEqual(at('11:00'));
    expect(starts.evening).toEqual(at('18:00'));
    expect(starts.tomorrow).toEqual(new Date('2026-11-24T08:00:00+01:00'));
  });
  it.each([
    ['11:00', ['now', 'hour', 'evening', 'tomorrow']],
    ['19:30', ['now', 'hour', 'tomorrow']],
  ])('at %s those that passed are gone', (time, want) =>
    expect(Object.keys(chipStarts(at(time), zone))).toEqual(want),
  );
});

describe('own slots in the way', () => {
  const own = (from: string, to: string, change: Partial<Own> = {}): Own => ({
    start: at(from).toISOString(),
    end: at(to).toISOString(),
    withdrawn: false,
    booked: 0,
    ...change,
  });
  const half = 30 * 60_000;

  it.each([
    ['nothing in the way', [own('10:00', '10:30')], '09:05'],
    ['a slot running now', [own('09:00', '09:20')], '09:30'],
    ['a slot that starts meanwhile', [own('09:30', '09:50')], '10:00'],
    ['one after the other', [own('09:00', '09:20'), own('09:40', '10:10')], '10:15'],
    ['one withdrawn', [own('09:00', '09:20', { withdrawn: true })], '09:05'],
    ['one withdrawn with a patient', [own('09:00', '09:20', { withdrawn: true, booked: 1 })], '09:30'],
  ])('%s: the first free start', (_, slots, want) =>
    expect(nextFree(slots, at('09:05'), half)).toEqual(at(want)),
  );

  it('move the chip "now", by the length of the draft', () => {
    const slots = [own('09:00', '09:20')];
    expect(chipStarts(at('09:02'), zone, slots).now).toEqual(at('09:30'));
    const now = at('09:02');
    expect(bounds(draft(now, { many: 2, minutes: 15 }), now, zone, slots)).toEqual({
      start: at('09:30'),
      end: at('10:00'),
    });
  });

  it('move "in an hour" too, after the chip "now"', () => {
    const now = at('09:02');
    expect(chipStarts(now, zone, [own('10:00', '10:20')]).hour).toEqual(at('10:30'));
    const busy = chipStarts(now, zone, [own('09:00', '10:30')], half);
    expect([busy.now, busy.hour]).toEqual([at('10:30'), at('11:00')]);
  });
  it('are also what waits on the phone', () =>
    expect(
      nextFree(
        [ownOf({ start: '2026-11-23T09:00:00+01:00', end: '2026-11-23T09:30:00+01:00' })],
        at('09:05'),
        half,
      ),
    ).toEqual(at('09:30')));

  it('are those that overlap, not those that touch', () =>
    expect(inTheWay([own('09:00', '09:30'), own('10:00', '10:30')], at('09:30'), at('10:00'))).toEqual([]));
});

describe('a fresh sheet', () => {
  it('remembers the habit', () =>
    expect(
      freshDraft(
        { sizes: { morning: { many: 4, minutes: 20 } }, location: 'l2' },
        ['l1', 'l2'],
        at('09:00'),
        zone,
      ),
    ).toMatchObject({
      many: 4,
      minutes: 20,
      location: 'l2',
      chip: 'now',
    }));
  it('forgets a location that is no longer theirs', () =>
    expect(freshDraft({ location: 'gone' }, ['l1'], at('09:00'), zone).location).toBe('l1'));
});

describe('what is sent', () => {
  it('is n slots from the chip on, in the zone of the territory', () => {
    const now = at('09:02');
    expect(openingOf(draft(now, { many: 3, minutes: 15 }), now, zone)).toEqual({
      location: 'l1',
      start: '2026-11-23T09:05:00+01:00',
      end: '2026-11-23T09:50:00+01:00',
      slotMinutes: 15,
      modality: 'cabinet',
      audience: 'regulation',
    });
  });
  it('is one range of seats, which may pass midnight', () => {
    const now = at('09:02');
    const night = draft(now, {
      chip: 'other',
      day: '2026-11-28',
      time: '20:00',
      shape: 'range',
      until: '08:00',
      seats: 6,
    });
    expect(openingOf(night, now, zone)).toMatchObject({
      start: '2026-11-28T20:00:00+01:00',
      end: '2026-11-29T08:00:00+01:00',
      seats: 6,
    });
    expect(openingOf(night, now, zone)).not.toHaveProperty('slotMinutes');
  });
  it('repeats on its days', () => {
    const now = at('09:02');
    const weekly = draft(now, {
      repeat: true,
      weekdays: [5, 1],
      repeatUntil: '2026-12-31',
      note: ' Sonnez ',
    });
    expect(openingOf(weekly, now, zone)).toMatchObject({
      note: 'Sonnez',
      repeat: { weekdays: [1, 5], until: '2026-12-31', skipHolidays: true },
    });
  });
  it.each([
    [{ many: 3, minutes: 20 }, 3],
    [{ shape: 'range', seats: 6 }, 6],
  ] as const)('offers %j as %i seats', (change, want) => {
    const now = at('09:02');
    expect(offered(openingOf(draft(now, change), now, zone))).toBe(want);
  });
});

describe('the first day of a weekly shift', () => {
  const sunday = new Date('2026-11-22T15:00:00+01:00');
  const weekly = (weekdays: number[], time: string, day = '2026-11-22') => ({
    ...weeklyDraft({ ...draft(sunday), time }, day),
    weekdays,
  });
  it.each([
    ['the only ticked day', [3], '14:00', '2026-11-25T14:00:00+01:00'],
    ['the nearest of the ticked days', [5, 1], '14:00', '2026-11-23T14:00:00+01:00'],
    ['today when its hour is to come', [7], '18:00', '2026-11-22T18:00:00+01:00'],
    ['in a week when its hour has passed', [7], '14:00', '2026-11-29T14:00:00+01:00'],
  ])('is %s', (_, weekdays, time, want) =>
    expect(openingOf(weekly(weekdays, time), sunday, zone).start).toBe(want),
  );
  it('comes no sooner than the day asked for', () =>
    expect(openingOf(weekly([3], '14:00', '2026-12-01'), sunday, zone).start).toBe(
      '2026-12-02T14:00:00+01:00',
    ));
  it('waits for a ticked day', () => expect(refusal(weekly([], '14:00'), sunday, zone)).toBe('needDays'));
});

it('repeats eight times unless told otherwise', () => {
  const now = at('09:02');
  expect(times(openingOf(draft(now, { repeat: true, skipHolidays: false }), now, zone), zone)).toBe(8);
  expect(times(openingOf(draft(now), now, zone), zone)).toBe(1);
});

describe('what cannot be sent', () => {
  const now = at('09:02');
  it.each([
    ['past', { chip: 'other', day: '2026-11-23', time: '08:00' }],
    ['needDays', { repeat: true, weekdays: [] }],
    ['noLocation', { location: '' }],
    ['noDay', { chip: 'other', day: '' }],
    ['noDay', { repeat: true, repeatUntil: '' }],
    ['never', { repeat: true, weekdays: [5], repeatUntil: '2026-11-26' }],
    [undefined, {}],
  ] as const)('%s', (want, change) =>
    expect(refusal(draft(now, { ...change } as Partial<Draft>), now, zone)).toBe(want),
  );

  it('a chip never leads to the past', () =>
    expect(bounds(draft(now), now, zone).start.getTime()).toBeGreaterThanOrEqual(now.getTime()));
});

describe('the habit', () => {
  const now = at('09:00');
  it('knows a size for each time of day, and another one as long as it has none', () => {
    const morning = learnt({}, draft(now, { many: 4, minutes: 20 }), at('08:00'), zone);
    const both = learnt(morning, draft(now, { many: 1, minutes: 30 }), at('19:00'), zone);
    expect(usualSize(morning, 'evening')).toEqual({ many: 4, minutes: 20 });
    expect(usualSize(both, 'evening')).toEqual({ many: 1, minutes: 30 });
    expect(usualSize(both, 'morning')).toEqual({ many: 4, minutes: 20 });
    expect(usualSize({}, 'morning')).toEqual({ many: 2, minutes: 15 });
  });
  it('keeps the last hours that were typed, the latest first', () => {
    const typed = ['07:30', '12:15', '07:30', '20:00', '21:00'].reduce(
      (habit, time) => learnt(habit, draft(now, { chip: 'other', time }), now, zone),
      {},
    );
    expect(typed).toMatchObject({ times: ['21:00', '20:00', '07:30'] });
    expect(learnt({}, draft(now), now, zone).times).toEqual([]);
  });
  it.each([
    ['11:59', 'morning'],
    ['12:00', 'afternoon'],
    ['18:00', 'evening'],
  ])('%s is in the %s', (time, want) => expect(partOfDay(at(time), zone)).toBe(want));
});
