// Builders for this folder's tests.
import type { MTCapacity, MTOffer } from '../../api/types';

/** Three places of this quarter, none given. */
export const capacity = (change: Partial<MTCapacity> = {}): MTCapacity => ({
  territory: 'cpts',
  practitioner: 'dr',
  quarter: '2026-Q4',
  current: true,
  places: 3,
  pending: 0,
  taken: 0,
  left: 3,
  criteria: [],
  communes: [],
  homeVisits: false,
  paused: false,
  declaredAt: '2026-11-01T09:00:00+01:00',
  ...change,
});

/** An offer of someone of 78 in Brunoy, sent on 20 November and waiting for two weeks. */
export const offer = (id: string, change: Partial<MTOffer> = {}): MTOffer => ({
  id,
  territory: 'cpts',
  practitioner: 'dr',
  state: 'pending',
  sentAt: '2026-11-20T09:00:00+01:00',
  expiresAt: '2026-12-04T09:00:00+01:00',
  metres: 3200,
  unlocated: false,
  known: false,
  summary: {
    request: `r-${id}`,
    state: 'proposed',
    tier: 1,
    because: ['ald'],
    criteria: ['ald', 'aged_70'],
    age: 78,
    commune: '91114',
    homeVisits: false,
    since: '2026-10-01',
    waitingDays: 50,
  },
  ...change,
});
