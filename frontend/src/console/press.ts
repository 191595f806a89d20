import type { Press } from './keys';

function whereOf(target: EventTarget | null): Press['where'] {
  if (!(target instanceof Element)) return 'page';
  if (target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type)) return 'choice';
  if (target.closest('input, select, textarea, [contenteditable]')) return 'field';
  if (target.closest('[role=grid]')) return 'board';
  return target.closest('button, a, summary') ? 'button' : 'page';
}

/** A key press with the place it happened in, as the keys are read. */
export function pressOf(event: KeyboardEvent): Press {
  return {
    key: event.key,
    code: event.code,
    chord: event.ctrlKey || event.metaKey || event.altKey || event.isComposing,
    where: whereOf(event.target),
  };
}
