import { flushSync, mount, unmount } from 'svelte';
import type { MTOffer } from '../../api/types';
import type { MyAgenda } from '../agenda.svelte';
import Sheet from './Sheet.svelte';

let put: (() => void) | undefined;

/** Prints one offer on A4. The sheet stands beside the page for as long as the printing takes. */
export function printOffer(agenda: MyAgenda, offer: MTOffer) {
  put?.();
  const sheet = mount(Sheet, { target: document.body, props: { agenda, offer } });
  flushSync();
  put = () => {
    put = undefined;
    removeEventListener('afterprint', away);
    void unmount(sheet);
  };
  const away = () => put?.();
  addEventListener('afterprint', away);
  print();
}
