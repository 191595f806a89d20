import type { Slot } from '../../api/types';
import type { CellWords } from './cell';

/** Heights of a row and of the axis, and the room above the first row for badges: board.css has the same. */
export const rowHeight = 44;
export const axisHeight = 48;
export const headRoom = 8;

/** What the rows say of a practitioner. */
export interface RowWords {
  name: string;
  place: string;
  /** Short; "" when the caller's commune is unknown. */
  far: string;
  ownMT: boolean;
  label: string;
}

/** Everything the board draws with besides rows and axis. */
export interface BoardWords {
  row: (practitioner: string) => RowWords;
  cell: (slot: Slot) => CellWords;
  hour: (at: number) => string;
  /** A day in as many words as there is room for, in pixels. */
  day: (day: string, room: number) => string;
  dayOf: (at: number) => string;
  folded: (from: number, to: number) => string;
}

/** An element of the board. */
export function element(className: string, role?: string): HTMLDivElement {
  const node = document.createElement('div');
  node.className = className;
  if (role) node.setAttribute('role', role);
  return node;
}
