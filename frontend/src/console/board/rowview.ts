import type { Slot } from '../../api/types';
import { xOf, type Axis } from './axis';
import { paintCell } from './cell';
import type { Row } from './rows';
import { element, headRoom, rowHeight, type BoardWords } from './sheet';

const padding = 7;

/** From which width the words of a block stand beside its glyph, in pixels. */
const wideFrom = 58;

interface Place {
  x: number;
  width: number;
  wide: boolean;
}

/** The hours drawn, in pixels of the axis. */
export interface Columns {
  left: number;
  right: number;
}

/**
 * One row in the document: the name in the fixed column for the eye, the same as the row's header for screen
 * readers, and the blocks of the hours in sight. Blocks elsewhere do not exist, that of the cursor excepted.
 */
export class RowView {
  readonly node: HTMLElement;
  readonly name: HTMLElement;
  #header = element('b-header', 'rowheader');
  #row: Row;
  #words: BoardWords;
  #places: Place[];
  #cells: (HTMLElement | undefined)[] = [];

  constructor(row: Row, i: number, axis: Axis, words: BoardWords) {
    this.#row = row;
    this.#words = words;
    this.#places = row.spans.map(({ from, to }) => {
      const x = xOf(axis, from);
      const width = Math.max(16, xOf(axis, to) - x - 3);
      return { x: x + 1, width, wide: width >= wideFrom };
    });
    this.node = element('b-row', 'row');
    this.name = element('b-name');
    this.#header.setAttribute('aria-colindex', '1');
    this.node.append(this.#header);
    this.node.setAttribute('aria-rowindex', String(i + 1));
    for (const node of [this.node, this.name]) {
      node.dataset.row = String(i);
      node.style.top = `${headRoom + i * rowHeight}px`;
    }
    this.paintName();
  }

  remove() {
    this.node.remove();
    this.name.remove();
  }

  paintName() {
    const words = this.#words.row(this.#row.practitioner);
    this.name.classList.toggle('own', words.ownMT);
    this.#header.textContent = words.label;
    const who = element('b-who');
    who.textContent = words.name;
    const where = element('b-where');
    const place = element('b-place');
    place.textContent = words.place;
    const far = element('b-far');
    far.textContent = words.far;
    where.append(place, far);
    this.name.replaceChildren(who, where);
  }

  /** Draws the blocks of the columns and the one kept, drops the others; in the document by start. */
  fill({ left, right }: Columns, kept: number | undefined) {
    let next: HTMLElement | null = null;
    for (let at = this.#places.length - 1; at >= 0; at--) {
      const { x, width } = this.#places[at]!;
      const cell = this.#cells[at];
      if ((x + width >= left && x <= right) || at === kept) {
        next = cell ?? this.node.insertBefore(this.#draw(at), next);
      } else if (cell) {
        cell.remove();
        this.#cells[at] = undefined;
      }
    }
  }

  /** The words of a wide block that begins left of the edge stay in sight. */
  shift(edge: number) {
    for (const [at, { x, width, wide }] of this.#places.entries()) {
      const cell = wide ? this.#cells[at] : undefined;
      if (!cell) continue;
      const moved = Math.round(Math.max(0, Math.min(edge - x, width - wideFrom)));
      cell.style.paddingInlineStart = moved > 0 ? `${padding + moved}px` : '';
    }
  }

  cell(at: number): HTMLElement | undefined {
    return this.#cells[at];
  }

  paint(at: number) {
    const cell = this.#cells[at];
    if (cell) paintCell(cell, this.#words.cell(this.#row.slots[at]!), this.#places[at]!.wide);
  }

  repaint() {
    for (const at of this.#cells.keys()) this.paint(at);
  }

  #draw(at: number): HTMLElement {
    const slot: Slot = this.#row.slots[at]!;
    const { x, width, wide } = this.#places[at]!;
    const { lane, of } = this.#row.lanes[at]!;
    const height = (rowHeight - 6) / of;
    const cell = element(`b-cell${wide ? ' wide' : ''}${of > 1 ? ' low' : ''}`, 'gridcell');
    cell.id = `slot-${slot.id}`;
    cell.dataset.slot = slot.id;
    cell.setAttribute('aria-colindex', String(at + 2));
    cell.setAttribute('aria-selected', 'false');
    const top = 3 + lane * height;
    cell.style.cssText = `left:${x}px;width:${width}px;top:${top}px;height:${height - (of > 1 ? 1 : 0)}px`;
    this.#cells[at] = cell;
    this.paint(at);
    return cell;
  }
}
