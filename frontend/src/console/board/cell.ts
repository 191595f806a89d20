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
 * already, and no node is made that is not seen: hundreds of blocks are moved at every frame of a scroll.
 */
export function paintCell(cell: HTMLElement, words: CellWords) {
  const wide = cell.classList.contains('wide');
  const { state, mine, key, watchers, label } = words;
  const text = wide ? words.long : words.short;
  const look = [state, mine, key, text, watchers, label].join('|');
  if (cell.dataset.look === look) return;
  cell.dataset.look = look;
  cell.dataset.state = state;
  cell.classList.toggle('mine', mine);
  cell.setAttribute('aria-label', label);
  const inner = sign('b-in', text);
  inner.dataset.glyph = words.glyph;
  cell.replaceChildren(inner);
  if (key) cell.append(sign('b-key', key));
  if (watchers) cell.append(sign('b-eye', watchers));
}
