import type { State } from '../../ui/state';

/** What a block of the board shows and says. */
export interface CellWords {
  state: State;
  /** Held for this regulator. */
  mine: boolean;
  glyph: string;
  /** Beside the glyph: the key of a proposal. */
  key: string;
  /** Under the glyph when narrow, beside it when wide. */
  short: string;
  long: string;
  /** Initials of colleagues looking at it. */
  watchers: string;
  /** The whole in words, for screen readers. */
  label: string;
}

const looks = new WeakMap<HTMLElement, string>();

// Drawn from its attribute by board.css: the name of the block says the same in words.
function sign(className: string, text: string): HTMLSpanElement {
  const node = document.createElement('span');
  node.className = className;
  node.dataset.text = text;
  node.setAttribute('aria-hidden', 'true');
  return node;
}

/**
 * Paints one block: signs for the eye, a name for screen readers. Nothing is touched when it shows this
 * already, and glyph and text are no nodes of their own: a scroll makes and drops hundreds of blocks.
 */
export function paintCell(cell: HTMLElement, words: CellWords, wide: boolean) {
  const { state, mine, key, watchers, label } = words;
  const text = wide ? words.long : words.short;
  const look = [state, mine, key, text, watchers, label].join('|');
  if (looks.get(cell) === look) return;
  looks.set(cell, look);
  const { dataset } = cell;
  dataset.state = state;
  dataset.glyph = words.glyph;
  dataset.text = text;
  cell.classList.toggle('mine', mine);
  cell.setAttribute('aria-label', label);
  if (!key && !watchers && !cell.firstChild) return;
  cell.replaceChildren();
  if (key) cell.append(sign('b-key', key));
  if (watchers) cell.append(sign('b-eye', watchers));
}
