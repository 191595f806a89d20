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

function span(className: string, text: string): HTMLSpanElement {
  const node = document.createElement('span');
  node.className = className;
  node.textContent = text;
  return node;
}

/** Paints one block; nothing is touched when it already shows this. */
export function paintCell(cell: HTMLElement, words: CellWords) {
  const look = `${words.state} ${words.mine} ${words.key} ${words.short} ${words.long} ${words.watchers}`;
  if (cell.dataset.look !== look) {
    cell.dataset.look = look;
    cell.dataset.state = words.state;
    cell.classList.toggle('mine', words.mine);
    const inner = span('b-in', '');
    inner.append(span('b-glyph', words.glyph), span('b-short', words.short), span('b-long', words.long));
    cell.replaceChildren(inner);
    if (words.key) cell.append(span('b-key', words.key));
    if (words.watchers) cell.append(span('b-eye', words.watchers));
  }
  cell.setAttribute('aria-label', words.label);
}
