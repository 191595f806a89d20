const unable = (node: Element) => !node.isConnected || node.matches(':disabled');

/**
 * Brings the focus home when what had it is taken away (a button that vanishes with its answer, one
 * that is disabled): on the body, the next letters typed would be nobody's. A click beside everything
 * takes the focus from a part that is still there, and is left alone. Returns how to stop.
 */
export function keepFocus(root: HTMLElement, home: () => void): () => void {
  let last: Element | undefined;
  const noted = (event: FocusEvent) => (last = event.target as Element);
  const check = () => {
    const nowhere = document.activeElement === document.body || document.activeElement === null;
    if (!nowhere || !last || !unable(last)) return;
    last = undefined;
    home();
  };
  const seen = new MutationObserver(check);
  root.addEventListener('focusin', noted);
  seen.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  return () => {
    root.removeEventListener('focusin', noted);
    seen.disconnect();
  };
}
