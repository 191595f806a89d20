// Offers of patients as a doctor reads them: in which order, how long they wait, how far.
import type { MTOffer, MTOfferState } from '../../api/types';
import { dayOf } from '../../ui/time';

/** Where an offer stands now: one past its end is expired, whether or not the server marked it yet. */
export const standsAt = (
  { state, expiresAt }: Pick<MTOffer, 'state' | 'expiresAt'>,
  now: Date,
): MTOfferState => (state === 'pending' && Date.parse(expiresAt) <= now.getTime() ? 'expired' : state);

/** Those that wait, the first to expire on top; and the others, the latest answer on top. */
export function parted(offers: MTOffer[], now: Date): { waiting: MTOffer[]; past: MTOffer[] } {
  const waits = (offer: MTOffer) => standsAt(offer, now) === 'pending';
  return {
    waiting: offers.filter(waits).sort((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt)),
    past: offers.filter((offer) => !waits(offer)).sort((a, b) => ended(b) - ended(a)),
  };
}

const ended = ({ answeredAt, expiresAt }: MTOffer) => Date.parse(answeredAt ?? expiresAt);

/** Whole civil days from today to the last day for an answer: 0 is today. */
export function daysLeft(expiresAt: string, now: Date, zone: string): number {
  const noon = (at: Date | string) => Date.parse(`${dayOf(at, zone)}T12:00:00Z`);
  return Math.round((noon(expiresAt) - noon(now)) / 86_400_000);
}

/** Kilometres in a straight line, at least one; undefined in the same commune and where it is not known. */
export const kmOf = ({ metres, unlocated }: Pick<MTOffer, 'metres' | 'unlocated'>): number | undefined =>
  unlocated || metres === 0 ? undefined : Math.max(1, Math.round(metres / 1000));
