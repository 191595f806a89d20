import type { Slot } from '../../api/types';
import { daysOf, hoursOf, timeAt, xOf, type Axis } from './axis';
import { paintCell, type CellWords } from './cell';
import { placeOf } from './move';
import type { Row } from './rows';

/** Height of a row and of the axis, width of the column of names: board.css draws with the same. */
export const rowHeight = 44;
export const axisHeight = 48;

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
  label: string;
  row: (practitioner: string) => RowWords;
  cell: (slot: Slot) => CellWords;
  hour: (at: number) => string;
  /** A day in as many words as there is room for, in pixels. */
  day: (day: string, room: number) => string;
  dayOf: (at: number) => string;
  folded: (from: number, to: number) => string;
}

const overscan = 4;

function element(className: string, role?: string): HTMLDivElement {
  const node = document.createElement('div');
  node.className = className;
  if (role) node.setAttribute('role', role);
  return node;
}

/**
 * The board, drawn by hand: rows outside the window do not exist in the document, and a change of one
 * slot repaints that one block. Styles are set through the CSSOM, as the Content-Security-Policy wants.
 */
export class BoardView {
  #grid: HTMLElement;
  #words: BoardWords;
  #axisRow = element('b-axis');
  #canvas = element('b-canvas', 'rowgroup');
  #lines = element('b-lines');
  #past = element('b-past');
  #nowTag = element('b-now-tag');
  #ticks: { node: HTMLElement; x: number }[] = [];
  #rows: Row[] = [];
  #axis: Axis = { from: 0, to: 0, width: 0, segments: [] };
  #shown = new Map<number, HTMLElement>();
  #cells = new Map<string, HTMLElement>();
  #rowOfSlot = new Map<string, number>();
  #cursor?: string;
  #now = 0;
  #frame = 0;

  constructor(grid: HTMLElement, words: BoardWords, onPick: (slot: string, twice: boolean) => void) {
    this.#grid = grid;
    this.#words = words;
    for (const node of [this.#axisRow, this.#lines]) node.setAttribute('aria-hidden', 'true');
    this.#past.setAttribute('aria-hidden', 'true');
    grid.append(this.#axisRow, this.#canvas);
    grid.addEventListener('scroll', this.#scrolled, { passive: true });
    const pick = (event: MouseEvent, twice: boolean) => {
      const cell = (event.target as Element).closest<HTMLElement>('[data-slot]');
      if (cell?.dataset.slot) onPick(cell.dataset.slot, twice);
    };
    grid.addEventListener('click', (event) => pick(event, false));
    grid.addEventListener('dblclick', (event) => pick(event, true));
  }

  /** Draws rows and axis anew. The hour at the left edge stays there, unless the board begins elsewhere. */
  layOut(rows: Row[], axis: Axis) {
    const same = axis.from === this.#axis.from;
    const anchor = same ? timeAt(this.#axis, this.#grid.scrollLeft) : axis.from;
    const moved = JSON.stringify(axis) !== JSON.stringify(this.#axis);
    this.#rows = rows;
    this.#axis = axis;
    this.#rowOfSlot = new Map(rows.flatMap((row, i) => row.slots.map((slot) => [slot.id, i] as const)));
    const most = Math.max(0, ...rows.map((row) => row.slots.length));
    this.#grid.setAttribute('aria-rowcount', String(rows.length));
    this.#grid.setAttribute('aria-colcount', String(most + 1));
    this.#canvas.style.height = `${rows.length * rowHeight}px`;
    this.#canvas.style.setProperty('--axis-width', `${axis.width}px`);
    if (moved) this.#drawAxis();
    this.#clear();
    this.#fill();
    this.now(this.#now);
    if (moved) this.#grid.scrollLeft = xOf(axis, anchor);
  }

  /** Repaints the blocks of some slots; rows and their layout stay. */
  patch(slots: Iterable<Slot>) {
    for (const slot of slots) {
      const row = this.#rows[this.#rowOfSlot.get(slot.id) ?? -1];
      const at = row?.slots.findIndex((s) => s.id === slot.id) ?? -1;
      if (!row || at < 0) continue;
      row.slots[at] = slot;
      const cell = this.#cells.get(slot.id);
      if (cell) paintCell(cell, this.#words.cell(slot));
    }
  }

  /** Repaints every block in the window: the words have changed. */
  repaint() {
    for (const [i, node] of this.#shown) {
      const row = this.#rows[i]!;
      this.#paintName(node.firstElementChild as HTMLElement, row);
      for (const slot of row.slots) paintCell(this.#cells.get(slot.id)!, this.#words.cell(slot));
    }
  }

  cursor(slot: string | undefined, reveal: boolean) {
    if (this.#cursor) this.#cells.get(this.#cursor)?.setAttribute('aria-selected', 'false');
    this.#cursor = slot !== undefined && this.#rowOfSlot.has(slot) ? slot : undefined;
    if (reveal) this.#reveal();
    this.#fill();
    const cell = this.#cursor ? this.#cells.get(this.#cursor) : undefined;
    cell?.setAttribute('aria-selected', 'true');
    if (cell) this.#grid.setAttribute('aria-activedescendant', cell.id);
    else this.#grid.removeAttribute('aria-activedescendant');
  }

  /** Moves the line of the present. */
  now(at: number) {
    this.#now = at;
    const x = xOf(this.#axis, at);
    this.#past.style.width = `${x}px`;
    this.#nowTag.style.transform = `translateX(${x}px)`;
    this.#nowTag.textContent = this.#words.hour(at);
    for (const tick of this.#ticks) tick.node.hidden = tick.x > x - 30 && tick.x < x + 58;
  }

  /** Brings an instant to the left edge. */
  scrollTo(at: number) {
    this.#grid.scrollLeft = xOf(this.#axis, at);
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    this.#grid.removeEventListener('scroll', this.#scrolled);
    this.#grid.replaceChildren();
  }

  #scrolled = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#fill();
    });
  };

  #window(): { first: number; last: number } {
    const top = this.#grid.scrollTop;
    const height = this.#grid.clientHeight || 800;
    return {
      first: Math.max(0, Math.floor(top / rowHeight) - overscan),
      last: Math.min(this.#rows.length - 1, Math.ceil((top + height) / rowHeight) + overscan),
    };
  }

  #fill() {
    const { first, last } = this.#window();
    const kept = this.#cursor === undefined ? undefined : this.#rowOfSlot.get(this.#cursor);
    for (const [i, node] of this.#shown) {
      if ((i >= first && i <= last) || i === kept) continue;
      node.remove();
      this.#shown.delete(i);
      for (const slot of this.#rows[i]?.slots ?? []) this.#cells.delete(slot.id);
    }
    const fresh = document.createDocumentFragment();
    for (let i = first; i <= last; i++) this.#show(i, fresh);
    if (kept !== undefined) this.#show(kept, fresh);
    this.#canvas.append(fresh);
  }

  #show(i: number, into: DocumentFragment) {
    const row = this.#rows[i];
    if (!row || this.#shown.has(i)) return;
    const node = this.#drawRow(row, i);
    this.#shown.set(i, node);
    into.append(node);
  }

  #clear() {
    for (const node of this.#shown.values()) node.remove();
    this.#shown.clear();
    this.#cells.clear();
  }

  #drawRow(row: Row, i: number): HTMLElement {
    const node = element('b-row', 'row');
    node.style.top = `${i * rowHeight}px`;
    node.setAttribute('aria-rowindex', String(i + 1));
    const name = element('b-name', 'rowheader');
    name.setAttribute('aria-colindex', '1');
    this.#paintName(name, row);
    const track = element('b-track', 'presentation');
    for (const [at, slot] of row.slots.entries()) track.append(this.#drawCell(row, slot, at));
    node.append(name, track);
    return node;
  }

  #paintName(node: HTMLElement, row: Row) {
    const words = this.#words.row(row.practitioner);
    node.classList.toggle('own', words.ownMT);
    node.setAttribute('aria-label', words.label);
    const name = element('b-who');
    name.textContent = words.name;
    const where = element('b-where');
    const place = element('b-place');
    place.textContent = words.place;
    const far = element('b-far');
    far.textContent = words.far;
    where.append(place, far);
    node.replaceChildren(name, where);
  }

  #drawCell(row: Row, slot: Slot, at: number): HTMLElement {
    const cell = element('b-cell', 'gridcell');
    cell.id = `slot-${slot.id}`;
    cell.dataset.slot = slot.id;
    cell.setAttribute('aria-colindex', String(at + 2));
    cell.setAttribute('aria-selected', String(slot.id === this.#cursor));
    const x = xOf(this.#axis, Date.parse(slot.start));
    const width = Math.max(16, xOf(this.#axis, Date.parse(slot.end)) - x - 3);
    const height = (rowHeight - 6) / row.laneCount;
    cell.style.left = `${x + 1}px`;
    cell.style.width = `${width}px`;
    cell.style.top = `${3 + (row.lanes.get(slot.id) ?? 0) * height}px`;
    cell.style.height = `${height - (row.laneCount > 1 ? 1 : 0)}px`;
    cell.classList.toggle('wide', width >= 58);
    cell.classList.toggle('low', row.laneCount > 1);
    paintCell(cell, this.#words.cell(slot));
    this.#cells.set(slot.id, cell);
    return cell;
  }

  #drawAxis() {
    const corner = element('b-corner');
    const scale = element('b-scale');
    scale.style.width = `${this.#axis.width}px`;
    const lines: HTMLElement[] = [this.#past];
    this.#ticks = [];
    for (const { at, x } of hoursOf(this.#axis)) {
      const tick = element('b-hour');
      tick.style.left = `${x}px`;
      tick.textContent = this.#words.hour(at).replace(/ 00$/, '');
      this.#ticks.push({ node: tick, x });
      scale.append(tick);
      const line = element('b-line');
      line.style.left = `${x}px`;
      lines.push(line);
    }
    const days = daysOf(this.#axis, this.#words.dayOf);
    for (const [i, { day, x }] of days.entries()) {
      const node = element('b-day');
      node.style.left = `${x}px`;
      node.textContent = this.#words.day(day, (days[i + 1]?.x ?? this.#axis.width) - x);
      scale.append(node);
    }
    for (const s of this.#axis.segments.filter((segment) => segment.folded)) {
      const band = element('b-fold');
      band.style.left = `${s.x}px`;
      band.style.width = `${s.width}px`;
      const head = band.cloneNode() as HTMLElement;
      head.title = this.#words.folded(s.from, s.to);
      head.textContent = '···';
      scale.append(head);
      lines.push(band);
    }
    scale.append(this.#nowTag);
    this.#lines.replaceChildren(...lines);
    this.#axisRow.replaceChildren(corner, scale);
    this.#canvas.prepend(this.#lines);
  }

  #reveal() {
    const place = placeOf(this.#rows, this.#cursor);
    if (!place) return;
    const slot = this.#rows[place.row]!.slots[place.at]!;
    const grid = this.#grid;
    const names = this.#axisRow.firstElementChild?.clientWidth ?? 0;
    const top = place.row * rowHeight;
    const bottom = top + rowHeight - (grid.clientHeight - axisHeight);
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (bottom > grid.scrollTop) grid.scrollTop = bottom;
    const left = xOf(this.#axis, Date.parse(slot.start));
    const right = Math.min(xOf(this.#axis, Date.parse(slot.end)), left + 160) - (grid.clientWidth - names);
    if (left - 24 < grid.scrollLeft) grid.scrollLeft = left - 24;
    else if (right + 24 > grid.scrollLeft) grid.scrollLeft = right + 24;
  }
}
