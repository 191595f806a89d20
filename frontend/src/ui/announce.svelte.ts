export type Toast = { id: number; text: string; kind: 'info' | 'good' | 'bad' };

let next = 1;

/** What is said to everyone now: shown by <Toasts> and read by screen readers. */
export const toasts = $state<Toast[]>([]);

/** Says something for a few seconds. A failure stays until it is closed. */
export function announce(text: string, kind: Toast['kind'] = 'info') {
  const id = next++;
  toasts.push({ id, text, kind });
  if (toasts.length > 3) toasts.shift();
  if (kind !== 'bad') setTimeout(() => dismiss(id), 6000);
}

export function dismiss(id: number) {
  const at = toasts.findIndex((t) => t.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

/** Words for screen readers only. */
export const spoken = $state({ text: '' });

/** Reads a sentence to screen readers without showing it; the same sentence twice is read twice. */
export function speak(text: string) {
  spoken.text = spoken.text === text ? `${text}\u00a0` : text;
}
