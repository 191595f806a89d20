import { describe, expect, it } from 'vitest';
import { agreed, bornOf, draftOf, known, missing, nameKey, requestOf, type Seeker } from './mtdraft';

const today = '2026-11-22';
const of = (change: Partial<Seeker['patient']> = {}): Seeker => ({
  case: 'c1',
  territory: 'cpts',
  patient: {
    family: 'Fictif',
    given: 'Jeanne',
    birthDate: '1948-09-04',
    phone: '06 39 98 11 22',
    commune: '91114',
    mt: { status: 'none' },
    ...change,
  },
});
const seeker = of();
const bare = of({ birthDate: undefined, phone: undefined, commune: undefined });
const draft = (change = {}) => ({ ...draftOf('Léa Morel'), agreedBy: nameKey(seeker), ...change });

it('opens without the patient’s agreement', () => expect(agreed(seeker, draftOf('Léa Morel'))).toBe(false));

it('takes the agreement of one person for nobody else', () => {
  expect(agreed(seeker, draft())).toBe(true);
  expect(missing(of({ family: 'Autre' }), draft(), today)).toEqual(['agreed']);
  expect(missing(of({ given: 'Jean' }), draft(), today)).toEqual(['agreed']);
});

describe('what the case knows', () => {
  it('is not asked for', () =>
    expect(known(seeker, today)).toEqual({
      born: '04/09/1948',
      phone: '06 39 98 11 22',
      commune: '91114',
    }));

  it.each([
    [{ birthDate: '2026-11-23' }, 'born'], // tomorrow
    [{ phone: '06 39' }, 'phone'],
    [{ commune: undefined }, 'commune'],
  ])('is asked for when it cannot be sent: %j', (change, field) =>
    expect(known(of(change), today)).not.toHaveProperty(field),
  );
});

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
  it('needs a name, a birth, a commune, who asked and the agreement, in the order of the form', () =>
    expect(
      missing(
        { ...bare, patient: { ...bare.patient, family: ' ' } },
        draft({ phone: '06 39', collector: ' ' }),
        today,
      ),
    ).toEqual(['family', 'born', 'phone', 'commune', 'collector', 'agreed']));

  it('needs nothing else', () => expect(missing(of({ phone: '' }), draft(), today)).toEqual([]));
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

  it('says of the patient what the case says now, whatever the form said before', () =>
    expect(requestOf(seeker, draft({ born: '1950', phone: '01 99 00 00 01' }), today).patient).toMatchObject({
      birthDate: '1948-09-04',
      phone: '06 39 98 11 22',
    }));

  it('says what the form says where the case is silent, a year alone as a year', () => {
    const commune = { insee: '77067', name: 'Cesson', postalCodes: ['77240'], lat: 48.56, lon: 2.6 };
    const request = requestOf(bare, draft({ born: '1948', commune }), today);
    expect(request.birthYear).toBe(1948);
    expect(request.commune).toBe('77067');
    expect(request.patient).toEqual({ family: 'Fictif', given: 'Jeanne' });
  });
});
