import type { Slot } from '../../api/types';
import { timeAt, xOf, type Axis } from './axis';
import type { Row } from './rows';
import { RowView, type Columns } from './rowview';
import { Scale } from './scale';
import { axisHeight, element, headRoom, rowHeight, type BoardWords } from './sheet';

/** Rows and pixels of time drawn beyond the edges; columns are drawn anew after half of that. */
const rowsBeyond = 3;
const beyond = 240;

/**
 * The board, drawn by hand: rows and hours outside the window do not exist in the document, and a change
 * of one slot repaints that one block, once a frame. All names are in one fixed column, which the browser
 * moves as one layer. Where the board is scrolled to is remembered: asking the browser in the middle of
 * changes would make it lay everything out. Styles are set through the CSSOM, as the
 * Content-Security-Policy wants.
 */
export class BoardView {
  #grid: HTMLElement;
  #words: BoardWords;
  #scale: Scale;
  #canvas = element('b-canvas', 'rowgroup');
  #names = element('b-names');
  #track = element('b-track', 'presentation');
  #resized: ResizeObserver;
  #rows: Row[] = [];
  #axis: Axis = { from: 0, to: 0, width: 0, segments: [] };
  #shown = new Map<number, RowView>();
  #placeOf = new Map<string, { row: number; at: number }>();
  #stale = new Set<string>();
  #columns: Columns = { left: 0, right: 0 };
  #cursor?: string;
  #pointed?: HTMLElement;
  #now = 0;
  #frame = 0;
  #moved = false;
  #top = 0;
  #left = 0;
  #height = 0;
  #width = 0;

  constructor(grid: HTMLElement, words: BoardWords, onPick: (slot: string, twice: boolean) => void) {
    this.#grid = grid;
    this.#words = words;
    this.#scale = new Scale(words);
    this.#names.setAttribute('aria-hidden', 'true');
    this.#canvas.append(this.#scale.lines, this.#track, this.#names);
    grid.append(this.#scale.head, this.#canvas);
    grid.addEventListener('scroll', this.#scrolled, { passive: true });
    const pick = (event: MouseEvent, twice: boolean) => {
      const cell = (event.target as Element).closest<HTMLElement>('[data-slot]');
      if (cell?.dataset.slot) onPick(cell.dataset.slot, twice);
    };
    this.#canvas.addEventListener('click', (event) => pick(event, false));
    this.#canvas.addEventListener('dblclick', (event) => pick(event, true));
    this.#canvas.addEventListener('pointerover', (event) => this.#point(event.target as Element));
    this.#canvas.addEventListener('pointerleave', () => this.#point(undefined));
    this.#resized = new ResizeObserver(() => {
      this.#measure();
      this.#fill();
    });
    this.#resized.observe(grid);
  }

  /** Draws rows and axis anew. The hour at the left edge stays there, unless the board begins elsewhere. */
  layOut(rows: Row[], axis: Axis) {
    const same = axis.from === this.#axis.from;
    const anchor = same ? timeAt(this.#axis, this.#left) : axis.from;
    const moved = JSON.stringify(axis) !== JSON.stringify(this.#axis);
    this.#rows = rows;
    this.#axis = axis;
    this.#placeOf.clear();
    for (const [row, { slots }] of rows.entries())
      for (const [at, { id }] of slots.entries()) this.#placeOf.set(id, { row, at });
    const most = Math.max(0, ...rows.map((row) => row.slots.length));
    this.#grid.setAttribute('aria-rowcount', String(rows.length));
    this.#grid.setAttribute('aria-colcount', String(most + 1));
    this.#canvas.style.height = `${headRoom + rows.length * rowHeight}px`;
    this.#canvas.style.setProperty('--axis-width', `${axis.width}px`);
    if (moved) this.#scale.draw(axis);
    this.#scale.now(this.#now, axis);
    for (const row of this.#shown.values()) row.remove();
    this.#shown.clear();
    if (moved) this.#grid.scrollLeft = xOf(axis, anchor);
    this.#measure();
    this.#fill();
  }

  /** Repaints the blocks of some slots in the next frame; rows and their layout stay. */
  patch(slots: Iterable<Slot>) {
    for (const slot of slots) {
      const place = this.#placeOf.get(slot.id);
      if (!place) continue;
      this.#rows[place.row]!.slots[place.at] = slot;
      this.#stale.add(slot.id);
    }
    this.#later();
  }

  /** Repaints some blocks in the next frame: what is said of them besides their slot has changed. */
  touch(slots: Iterable<string>) {
    for (const slot of slots) this.#stale.add(slot);
    this.#later();
  }

  /** Repaints every block in the window: all words may have changed. */
  repaint() {
    for (const row of this.#shown.values()) row.repaint();
  }

  /** Repaints the names: the caller has changed. */
  rename() {
    for (const row of this.#shown.values()) row.paintName();
  }

  cursor(slot: string | undefined, reveal: boolean) {
    this.#cellOf(this.#cursor)?.setAttribute('aria-selected', 'false');
    const before = this.#placeOf.get(this.#cursor ?? '')?.row;
    this.#cursor = slot !== undefined && this.#placeOf.has(slot) ? slot : undefined;
    if (reveal) this.#reveal();
    this.#fillRows(before);
    const cell = this.#cellOf(this.#cursor);
    cell?.setAttribute('aria-selected', 'true');
    if (cell) this.#grid.setAttribute('aria-activedescendant', cell.id);
    else this.#grid.removeAttribute('aria-activedescendant');
  }

  /** Moves the line of the present. */
  now(at: number) {
    this.#now = at;
    this.#scale.now(at, this.#axis);
  }

  /** Brings an instant to the left edge. */
  scrollTo(at: number) {
    this.#grid.scrollLeft = xOf(this.#axis, at);
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#grid.removeEventListener('scroll', this.#scrolled);
    this.#grid.replaceChildren();
  }

  #scrolled = () => {
    this.#moved = true;
    this.#later();
  };

  #later() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#moved) this.#follow();
      for (const id of this.#stale) {
        const place = this.#placeOf.get(id);
        if (place) this.#shown.get(place.row)?.paint(place.at);
      }
      this.#stale.clear();
    });
  }

  #follow() {
    this.#moved = false;
    const { scrollTop, scrollLeft } = this.#grid;
    const sideways = scrollLeft !== this.#left;
    this.#top = scrollTop;
    this.#left = scrollLeft;
    const { left, right } = this.#columns;
    const near = beyond / 2;
    const bare = scrollLeft - left < near && left > 0;
    if (bare || right - scrollLeft - this.#width < near) this.#fill();
    else this.#fillRows();
    if (sideways) for (const row of this.#shown.values()) row.shift(scrollLeft);
  }

  #measure() {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.#grid;
    this.#top = scrollTop;
    this.#left = scrollLeft;
    this.#height = clientHeight || 800;
    this.#width = (clientWidth || 1200) - this.#scale.corner.clientWidth;
  }

  #window(): { first: number; last: number } {
    const top = this.#top - headRoom;
    const bottom = top + this.#height;
    return {
      first: Math.max(0, Math.floor(top / rowHeight) - rowsBeyond),
      last: Math.min(this.#rows.length - 1, Math.ceil(bottom / rowHeight) + rowsBeyond),
    };
  }

  // The hours in sight have changed: every row shown is filled anew.
  #fill() {
    this.#columns = { left: Math.max(0, this.#left - beyond), right: this.#left + this.#width + beyond };
    const kept = this.#placeOf.get(this.#cursor ?? '');
    for (const [i, row] of this.#shown) row.fill(this.#columns, kept?.row === i ? kept.at : undefined);
    this.#fillRows();
  }

  // Brings the rows of the window in; `before` is the row the cursor was in.
  #fillRows(before?: number) {
    const { first, last } = this.#window();
    const kept = this.#placeOf.get(this.#cursor ?? '');
    for (const [i, row] of this.#shown) {
      if ((i >= first && i <= last) || i === kept?.row) continue;
      row.remove();
      this.#shown.delete(i);
    }
    if (before !== undefined && before !== kept?.row) this.#shown.get(before)?.fill(this.#columns, undefined);
    if (kept) this.#shown.get(kept.row)?.fill(this.#columns, kept.at);
    for (let i = first; i <= last; i++) this.#show(i, i === kept?.row ? kept.at : undefined);
    if (kept) this.#show(kept.row, kept.at);
  }

  #show(i: number, kept: number | undefined) {
    const row = this.#rows[i];
    if (!row || this.#shown.has(i)) return;
    const view = new RowView(row, i, this.#axis, this.#words);
    view.fill(this.#columns, kept);
    view.shift(this.#left);
    this.#shown.set(i, view);
    this.#track.append(view.node);
    this.#names.append(view.name);
  }

  #cellOf(slot: string | undefined): HTMLElement | undefined {
    const place = this.#placeOf.get(slot ?? '');
    return place && this.#shown.get(place.row)?.cell(place.at);
  }

  // The name of the row under the pointer is marked by hand: it lies in another column than the row.
  #point(target: Element | undefined) {
    const row = Number(target?.closest<HTMLElement>('[data-row]')?.dataset.row ?? -1);
    const name = this.#shown.get(row)?.name;
    if (name === this.#pointed) return;
    this.#pointed?.classList.remove('over');
    name?.classList.add('over');
    this.#pointed = name;
  }

  #reveal() {
    const place = this.#placeOf.get(this.#cursor ?? '');
    if (!place) return;
    const { from, to } = this.#rows[place.row]!.spans[place.at]!;
    const top = place.row * rowHeight;
    const bottom = top + headRoom + rowHeight - (this.#height - axisHeight);
    const down = top < this.#top ? top : Math.max(this.#top, bottom);
    const left = xOf(this.#axis, from);
    const right = Math.min(xOf(this.#axis, to), left + 160) - this.#width;
    const most = Math.max(0, this.#axis.width - this.#width);
    const along = left - 24 < this.#left ? left - 24 : Math.max(this.#left, right + 24);
    const across = Math.max(0, Math.min(most, along));
    if (down !== this.#top) this.#grid.scrollTop = this.#top = down;
    if (across !== this.#left) this.#grid.scrollLeft = this.#left = across;
    const { left: drawn, right: until } = this.#columns;
    if (across < drawn || across + this.#width > until) this.#fill();
  }
}
