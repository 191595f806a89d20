import { describe, expect, it } from 'vitest';
import type { Booking, Patient } from '../api/types';
import { mayBeSame, otherBooking } from './samepatient';

const patient = (family: string, change: Partial<Patient> = {}): Patient => ({
  family,
  mt: { status: 'unknown' },
  ...change,
});

describe('two identities', () => {
  it.each([
    ['accents and hyphens aside', patient('Fictif-Éa'), patient('fictif ea'), true],
    ['another name', patient('Fictif'), patient('Autre'), false],
    ['one given name missing', patient('Fictif', { given: 'Ana' }), patient('Fictif'), true],
    ['two given names', patient('Fictif', { given: 'Ana' }), patient('Fictif', { given: 'Luc' }), false],
    [
      'two birth dates, whatever the telephone',
      patient('Fictif', { birthDate: '1962-09-04', phone: '0199000001' }),
      patient('Fictif', { birthDate: '1963-09-04', phone: '0199000001' }),
      false,
    ],
    [
      'one telephone written twice',
      patient('Fictif', { phone: '+33199000001' }),
      patient('Fictif', { phone: '01 99 00 00 01' }),
      true,
    ],
    [
      'two telephones',
      patient('Fictif', { phone: '0199000001' }),
      patient('Fictif', { phone: '0199000002' }),
      false,
    ],
  ])('%s', (_, a, b, same) => expect(mayBeSame(a, b)).toBe(same));
});

it('finds the other booking within 24 hours only', () => {
  const at = (start: string) => ({ id: start, start, patient: patient('Fictif') }) as Booking;
  const [far, near] = [at('2026-11-25T13:00:00Z'), at('2026-11-24T11:00:00Z')];
  expect(otherBooking([far, near], patient('Fictif'), '2026-11-23T12:00:00Z')).toBe(near);
  expect(otherBooking([far], patient('Fictif'), '2026-11-23T12:00:00Z')).toBeUndefined();
});
