import { daysOf, hoursOf, xOf, type Axis } from './axis';
import { element, type BoardWords } from './sheet';

/** The head of the board with days and hours, the lines under the blocks, and the mark of the present. */
export class Scale {
  readonly head = element('b-axis');
  readonly lines = element('b-lines');
  readonly corner = element('b-corner');
  #words: BoardWords;
  #past = element('b-past');
  #nowTag = element('b-now-tag');
  #ticks: { node: HTMLElement; x: number }[] = [];

  constructor(words: BoardWords) {
    this.#words = words;
    for (const node of [this.head, this.lines]) node.setAttribute('aria-hidden', 'true');
  }

  draw(axis: Axis) {
    const scale = element('b-scale');
    scale.style.width = `${axis.width}px`;
    const lines: HTMLElement[] = [this.#past];
    this.#ticks = [];
    for (const { at, x } of hoursOf(axis)) {
      const tick = element('b-hour');
      tick.style.left = `${x}px`;
      tick.textContent = this.#words.hour(at).replace(/ 00$/, '');
      this.#ticks.push({ node: tick, x });
      scale.append(tick);
      const line = element('b-line');
      line.style.left = `${x}px`;
      lines.push(line);
    }
    this.#drawDays(scale, axis);
    for (const band of this.#drawFolds(scale, axis)) lines.push(band);
    scale.append(this.#nowTag);
    this.lines.replaceChildren(...lines);
    this.head.replaceChildren(this.corner, scale);
  }

  /** Moves the mark of the present. */
  now(at: number, axis: Axis) {
    const x = xOf(axis, at);
    this.#past.style.width = `${x}px`;
    this.#nowTag.style.transform = `translateX(${x}px)`;
    this.#nowTag.textContent = this.#words.hour(at);
    for (const tick of this.#ticks) tick.node.hidden = tick.x > x - 30 && tick.x < x + 58;
  }

  #drawDays(scale: HTMLElement, axis: Axis) {
    const days = daysOf(axis, this.#words.dayOf);
    for (const [i, { day, x }] of days.entries()) {
      const node = element('b-day');
      node.style.left = `${x}px`;
      node.textContent = this.#words.day(day, (days[i + 1]?.x ?? axis.width) - x);
      scale.append(node);
    }
  }

  #drawFolds(scale: HTMLElement, axis: Axis): HTMLElement[] {
    const folds = axis.segments.filter((segment) => segment.folded);
    return folds.map(({ from, to, x, width }) => {
      const band = element('b-fold');
      band.style.left = `${x}px`;
      band.style.width = `${width}px`;
      const head = band.cloneNode() as HTMLElement;
      head.title = this.#words.folded(from, to);
      head.textContent = '···';
      scale.append(head);
      return band;
    });
  }
}
