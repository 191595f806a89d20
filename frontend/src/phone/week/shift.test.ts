import { describe, expect, it } from 'vitest';
import { comingDays, lastDay } from './shift';

const zone = 'Europe/Paris';
const fridays = {
  start: '2026-12-11T18:00:00+01:00',
  repeat: { weekdays: [5], until: '2027-01-15', skipHolidays: true },
};

describe('the coming days of a shift', () => {
  it('start with it, skip holidays and know those left out', () =>
    expect(comingDays({ ...fridays, skips: ['2026-12-18'] }, '2026-12-01', zone)).toEqual([
      { day: '2026-12-11', state: 'on', holiday: false },
      { day: '2026-12-18', state: 'left', holiday: false },
      { day: '2026-12-25', state: 'holiday', holiday: true },
      { day: '2027-01-01', state: 'holiday', holiday: true },
      { day: '2027-01-08', state: 'on', holiday: false },
      { day: '2027-01-15', state: 'on', holiday: false },
    ]));
  it('take place on holidays too when they are not skipped', () =>
    expect(
      comingDays({ ...fridays, repeat: { ...fridays.repeat, skipHolidays: false } }, '2026-12-20', zone, 1),
    ).toEqual([{ day: '2026-12-25', state: 'on', holiday: true }]));
  it('tell those within a pause, even when left out', () =>
    expect(
      comingDays({ ...fridays, skips: ['2026-12-18'] }, '2026-12-01', zone, 3, [
        { from: '2026-12-12', to: '2026-12-18' },
      ]).map(({ state }) => state),
    ).toEqual(['on', 'away', 'holiday']));
  it('end where it was stopped', () =>
    expect(comingDays({ ...fridays, stoppedFrom: '2026-12-18' }, '2026-12-01', zone)).toHaveLength(1));
});

it.each([
  [undefined, '2027-01-15'],
  ['2026-12-18', '2026-12-17'],
  ['2027-02-01', '2027-01-15'],
])('stopped from %s, its last day is %s', (stoppedFrom, want) =>
  expect(lastDay({ ...fridays, stoppedFrom })).toBe(want),
);
