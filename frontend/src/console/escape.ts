/** Leaves a small form by Escape, before the key reaches what it would do on the whole page. */
export const onEscape = (leave: () => void) => (node: HTMLElement) => {
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave();
  };
  node.addEventListener('keydown', pressed);
  return () => node.removeEventListener('keydown', pressed);
};
