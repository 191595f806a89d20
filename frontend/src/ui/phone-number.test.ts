import { expect, it } from 'vitest';
import { pairs } from './phone-number';

it.each([
  ['+33199001234', '01 99 00 12 34'],
  ['0199001234', '01 99 00 12 34'],
  ['01.99.00.12.34', '01 99 00 12 34'],
  ['+33 (0)6 39 98 11 22', '06 39 98 11 22'],
  ['+262639981122', '+262639981122'],
  ['3639', '3639'],
])('%s reads %s', (phone, want) => expect(pairs(phone)).toBe(want));
