import { describe, expect, it } from 'vitest';
import { actionOf, defaultKeymap, rebound, type Press } from './keys';

const press = (key: string, change: Partial<Press> = {}): Press => ({
  key,
  code: '',
  chord: false,
  where: 'board',
  ...change,
});
const does = (p: Press, keymap: typeof defaultKeymap | undefined = defaultKeymap) => actionOf(p, keymap);

describe('keys on the board', () => {
  it.each([
    ['h', { do: 'hold' }],
    ['H', { do: 'hold' }],
    ['+', { do: 'extend' }],
    ['=', { do: 'extend' }],
    ['n', { do: 'next' }],
    ['p', { do: 'previous' }],
    ['/', { do: 'commune' }],
    ['?', { do: 'help' }],
    ['Enter', { do: 'book' }],
    ['Escape', { do: 'release' }],
    ['ArrowDown', { do: 'move', direction: 'down' }],
    ['End', { do: 'move', direction: 'last' }],
    ['3', { do: 'choose', number: 3 }],
  ])('%s', (key, action) => expect(does(press(key))).toEqual(action));

  it('reads the digit row of a French keyboard without Shift', () => {
    expect(does(press('é', { code: 'Digit2' }))).toEqual({ do: 'choose', number: 2 });
    expect(does(press('4', { code: 'Numpad4' }))).toEqual({ do: 'choose', number: 4 });
  });

  it('leaves chords to the browser and unknown keys alone', () => {
    expect(does(press('p', { chord: true }))).toBeUndefined();
    expect(does(press('x'))).toBeUndefined();
    expect(does(press('Tab'))).toBeUndefined();
  });
});

describe('keys elsewhere', () => {
  it('are all off inside fields, Escape leading back', () => {
    for (const key of ['h', '1', '+', 'Enter', 'ArrowLeft', '?'])
      expect(does(press(key, { where: 'field' }))).toBeUndefined();
    expect(does(press('Escape', { where: 'field' }))).toEqual({ do: 'leaveField' });
  });

  it('leave Enter and the arrows to buttons and choices', () => {
    for (const where of ['button', 'choice'] as const) {
      expect(does(press('Enter', { where }))).toBeUndefined();
      expect(does(press('ArrowDown', { where }))).toBeUndefined();
      expect(does(press('h', { where }))).toEqual({ do: 'hold' });
    }
  });
});

describe('keys while nothing has the focus', () => {
  it.each(['c', 'f', 's', 'i'])('%s neither begins nor ends a call, and that is said', (key) => {
    expect(does(press(key, { where: 'page' }))).toEqual({ do: 'misplaced' });
    expect(does(press(key, { where: 'board' }))).not.toEqual({ do: 'misplaced' });
  });

  it.each([
    ['e', 'solicit'],
    ['?', 'help'],
  ])('%s opens its panel, which Escape closes', (key, action) => {
    expect(does(press(key, { where: 'page' }))).toEqual({ do: action });
  });

  it('still lead to the commune', () => {
    expect(does(press('/', { where: 'page' }))).toEqual({ do: 'commune' });
  });
});

describe('single characters', () => {
  it('can be switched off; arrows, Enter and Escape stay', () => {
    expect(actionOf(press('h'), undefined)).toBeUndefined();
    expect(actionOf(press('2'), undefined)).toBeUndefined();
    expect(actionOf(press('Enter'), undefined)).toEqual({ do: 'book' });
  });

  it('can be changed', () => {
    const map = rebound(defaultKeymap, 'hold', 'R');
    expect(does(press('r'), map)).toEqual({ do: 'hold' });
    expect(does(press('h'), map)).toBeUndefined();
  });

  it.each(['n', '4', ' ', '', 'ab'])('refuse %j for hold', (key) => {
    expect(rebound(defaultKeymap, 'hold', key)).toBe(defaultKeymap);
  });
});
