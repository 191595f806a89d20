import { expect, it } from 'vitest';
import { deviceName, keyBytes } from './subscription';

it('reads the key of the server', () => expect([...keyBytes('BP-_AA')]).toEqual([4, 255, 191, 0]));

it.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1',
    'iPhone · Safari',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36',
    'Android · Chrome',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0', 'Windows · Edge'],
  ['', 'Appareil'],
])('%s is told as %s', (agent, want) => expect(deviceName(agent)).toBe(want));
