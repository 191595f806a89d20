/**
 * Leaves a small form by Escape, before the key reaches what it would do on the whole page; it does
 * reach it when `leave` answers false.
 */
export const onEscape = (leave: () => unknown) => (node: HTMLElement) => {
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    if (leave() !== false) event.stopPropagation();
  };
  node.addEventListener('keydown', pressed);
  return () => node.removeEventListener('keydown', pressed);
};
