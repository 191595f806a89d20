import { api } from '../api/client';
import type { LiveNotice } from '../api/types';

/**
 * Says that what a live notice told was seen, so that no e-mail follows. The live line gives no id:
 * all that was told of the same booking is meant.
 */
export async function tellSeen({ booking, slot }: LiveNotice) {
  try {
    const { items } = await api.get('/notices', { query: { unseen: true } });
    const ids = items.filter((n) => (booking ? n.booking === booking : n.slot === slot)).map(({ id }) => id);
    if (ids.length > 0) await api.post('/notices/seen', { body: { ids } });
  } catch {
    // An e-mail follows that was not needed.
  }
}
