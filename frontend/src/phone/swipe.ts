// A row swept to the left with a finger. The vertical gesture stays the page's own (touch-action).
import type { Attachment } from 'svelte/attachments';

const claim = 12;
const far = 88;

/** Calls `done` once the row was swept far enough; while `can` says no it does not move. */
export function swipe(can: () => boolean, done: () => void): Attachment<HTMLElement> {
  return (node) => {
    let from: { x: number; y: number } | undefined;
    let moved = 0;
    let claimed = false;

    const put = (x: number) => {
      moved = x;
      node.style.translate = x === 0 ? '' : `${x}px`;
      node.toggleAttribute('data-far', x <= -far);
    };
    const rest = () => {
      from = undefined;
      put(0);
    };
    const down = (event: PointerEvent) => {
      claimed = false;
      if (event.isPrimary && can()) from = { x: event.clientX, y: event.clientY };
    };
    const move = (event: PointerEvent) => {
      if (!from || !event.isPrimary) return;
      const x = Math.min(0, event.clientX - from.x);
      if (!claimed && (-x < claim || -x < 1.5 * Math.abs(event.clientY - from.y))) return;
      if (!claimed) node.setPointerCapture(event.pointerId);
      claimed = true;
      put(Math.max(x, -far - 40));
    };
    const up = () => {
      const enough = claimed && moved <= -far;
      rest();
      if (enough) done();
    };
    // The click that ends a sweep is no tap.
    const click = (event: MouseEvent) => {
      if (claimed) event.stopPropagation();
      claimed = false;
    };

    const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: rest };
    for (const [type, listener] of Object.entries(listeners)) {
      node.addEventListener(type, listener as EventListener);
    }
    node.addEventListener('click', click, true);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        node.removeEventListener(type, listener as EventListener);
      }
      node.removeEventListener('click', click, true);
    };
  };
}
