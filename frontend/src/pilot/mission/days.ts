import { dayOf } from '../../ui/time';

/** "15/11/2026", as contracts and sheets write a day. */
export const day = (civil: string) => civil.split('-').reverse().join('/');

/** The same of an instant, in the territory's zone. */
export const dayAt = (instant: string, zone: string) => day(dayOf(instant, zone));
