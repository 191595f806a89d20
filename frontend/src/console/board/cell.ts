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

function seen(className: string, text: string): HTMLSpanElement {
  const node = span(className, text);
  node.setAttribute('aria-hidden', 'true');
  return node;
}

/** Paints one block: signs for the eye, words for screen readers. Nothing is touched when it shows this already. */
export function paintCell(cell: HTMLElement, words: CellWords) {
  const look = [
    words.state,
    words.mine,
    words.key,
    words.short,
    words.long,
    words.watchers,
    words.label,
  ].join('|');
  if (cell.dataset.look === look) return;
  cell.dataset.look = look;
  cell.dataset.state = words.state;
  cell.classList.toggle('mine', words.mine);
  const inner = seen('b-in', '');
  inner.append(span('b-glyph', words.glyph), span('b-short', words.short), span('b-long', words.long));
  cell.replaceChildren(inner, span('visually-hidden', words.label));
  if (words.key) cell.append(seen('b-key', words.key));
  if (words.watchers) cell.append(seen('b-eye', words.watchers));
}
