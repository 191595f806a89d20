import { describe, expect, it } from 'vitest';
import { bornOf, draftOf, missing, requestOf, type Seeker } from './mtdraft';

const today = '2026-11-22';
const seeker: Seeker = {
  case: 'c1',
  territory: 'cpts',
  patient: {
    family: 'Fictif',
    given: 'Jeanne',
    birthDate: '1948-09-04',
    phone: '+33639981122',
    commune: '91114',
    mt: { status: 'none' },
  },
};
const draft = (change = {}) => ({ ...draftOf(seeker, 'Léa Morel'), agreed: true, ...change });

it('opens with what the call knows, and without the patient’s agreement', () =>
  expect(draftOf(seeker, 'Léa Morel')).toMatchObject({
    born: '04/09/1948',
    phone: '06\u00a039\u00a098\u00a011\u00a022',
    commune: '91114',
    collector: 'Léa Morel',
    agreed: false,
  }));

it.each([
  ['04/09/1948', { birthDate: '1948-09-04' }],
  ['1948', { birthYear: 1948 }],
  [' 2026 ', { birthYear: 2026 }],
  ['2027', undefined],
  ['1900', undefined],
  ['23/11/2026', undefined], // tomorrow
  ['31/02/1960', undefined],
  ['', undefined],
  ['48', undefined],
])('reads %j as %j', (text, want) => expect(bornOf(text, today)).toEqual(want));

describe('before it is sent', () => {
  it('needs a birth, a commune, who asked and the agreement, in the order of the form', () =>
    expect(
      missing(draft({ born: '', phone: '06 39', commune: undefined, collector: ' ', agreed: false }), today),
    ).toEqual(['born', 'phone', 'commune', 'collector', 'agreed']));

  it('needs nothing else', () => expect(missing(draft({ phone: '' }), today)).toEqual([]));
});

describe('the request', () => {
  it('names the case, the patient and the agreement of today', () =>
    expect(
      requestOf(seeker, draft({ criteria: ['ald'], homeVisits: true, medication: ' AVK ' }), today),
    ).toEqual({
      territory: 'cpts',
      origin: 'regulation',
      case: 'c1',
      patient: { family: 'Fictif', given: 'Jeanne', birthDate: '1948-09-04', phone: '06 39 98 11 22' },
      commune: '91114',
      criteria: ['ald'],
      homeVisits: true,
      medication: 'AVK',
      consent: { on: today, collector: 'Léa Morel' },
    }));

  it('says a year alone as a year', () => {
    const request = requestOf(seeker, draft({ born: '1948', phone: '' }), today);
    expect(request.birthYear).toBe(1948);
    expect(request.patient).toEqual({ family: 'Fictif', given: 'Jeanne' });
  });
});
