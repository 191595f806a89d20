import type { Direction } from './board/move';

/** Actions reached by one character; each can be given another key, and all can be switched off. */
export type Shortcut =
  | 'commune'
  | 'next'
  | 'previous'
  | 'hold'
  | 'extend'
  | 'fresh'
  | 'outcome'
  | 'noSolution'
  | 'solicit'
  | 'requestMt'
  | 'reorder'
  | 'print'
  | 'help';

export type Keymap = Record<Shortcut, string>;

export const defaultKeymap: Keymap = {
  commune: '/',
  next: 'n',
  previous: 'p',
  hold: 'h',
  extend: '+',
  fresh: 'c',
  outcome: 'f',
  noSolution: 's',
  solicit: 'e',
  requestMt: 'm',
  reorder: 'a',
  print: 'i',
  help: '?',
};

export type Action =
  | { do: Shortcut | 'book' | 'release' | 'leaveField' | 'misplaced' }
  | { do: 'move'; direction: Direction }
  | { do: 'choose'; number: number };

/** A key press and where it happened. */
export interface Press {
  key: string;
  /** The physical key: on a French keyboard the digit row gives digits only with Shift. */
  code: string;
  chord: boolean;
  where: 'board' | 'page' | 'choice' | 'button' | 'field';
}

const moves: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};

// With the focus nowhere, a letter typed blindly must neither begin nor end a call: it is said instead.
const callChanging = new Set<Shortcut>(['fresh', 'outcome', 'noSolution', 'print']);

/**
 * What a key press asks for, undefined when it is not ours. Text fields keep every key but Escape,
 * which leads back to the board; buttons and choices keep Enter and the arrows.
 */
export function actionOf(press: Press, keymap: Keymap | undefined): Action | undefined {
  if (press.chord) return undefined;
  if (press.where === 'field') return press.key === 'Escape' ? { do: 'leaveField' } : undefined;
  if (press.key === 'Escape') return { do: 'release' };
  const onBoard = press.where === 'board' || press.where === 'page';
  if (press.key === 'Enter') return onBoard ? { do: 'book' } : undefined;
  const direction = moves[press.key];
  if (direction) return onBoard ? { do: 'move', direction } : undefined;
  return keymap && characterAction(press, keymap);
}

function characterAction(press: Press, keymap: Keymap): Action | undefined {
  const key = press.key === '=' ? '+' : press.key.toLowerCase();
  const name = (Object.keys(keymap) as Shortcut[]).find((shortcut) => keymap[shortcut] === key);
  if (name) return { do: press.where === 'page' && callChanging.has(name) ? 'misplaced' : name };
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1] ?? /^[1-9]$/.exec(press.key)?.[0];
  return digit ? { do: 'choose', number: Number(digit) } : undefined;
}

/** The map with one key changed; unchanged when the key is not one character, a digit, or taken. */
export function rebound(keymap: Keymap, name: Shortcut, key: string): Keymap {
  const wanted = key.toLowerCase();
  const taken = Object.entries(keymap).some(([other, bound]) => other !== name && bound === wanted);
  if ([...wanted].length !== 1 || /[\d\s]/.test(wanted) || taken) return keymap;
  return { ...keymap, [name]: wanted };
}
