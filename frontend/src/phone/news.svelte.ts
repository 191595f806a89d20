import { api } from '../api/client';
import type { Notice } from '../api/types';

const toDoctors = new Set([
  'booked',
  'booking_cancelled',
  'solicitation_settled',
  'mt_offered',
  'mt_offer_withdrawn',
]);

/** What happened while nobody looked. Once shown it is told seen, so that no e-mail follows. */
export class News {
  unread = $state.raw<Notice[]>([]);

  /**
   * Asks what was not seen yet; nothing is asked while the page is hidden, for nobody would see it.
   * `said` when the page has just said it in passing: it is then not listed again.
   */
  async read(how: 'listed' | 'said' = 'listed') {
    if (document.visibilityState === 'hidden') return;
    try {
      const { items } = await api.get('/notices', { query: { unseen: true } });
      if (items.length === 0) return;
      if (how === 'listed') {
        const known = new Set(this.unread.map(({ id }) => id));
        const fresh = items.filter(({ id, kind }) => toDoctors.has(kind) && !known.has(id));
        this.unread = [...fresh, ...this.unread];
      }
      await api.post('/notices/seen', { body: { ids: items.map(({ id }) => id) } });
    } catch {
      // Not read, not seen: what came is still in the lists, and the next look asks again.
    }
  }

  clear() {
    this.unread = [];
  }
}
