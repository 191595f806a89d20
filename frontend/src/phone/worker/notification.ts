// What a push shows. Never a patient, a reason or an hour: the words are chosen here by kind alone.
import { spaced } from '../../ui/spaces';

const something = 'Du nouveau dans vos créneaux.';
const bodies = new Map([
  ['booked', 'Un patient vient d’être inscrit sur un de vos créneaux.'],
  ['booking_cancelled', 'Un de vos rendez-vous est annulé.'],
  ['solicitation_asked', 'La régulation vous demande un patient en sus.'],
  ['solicitation_settled', 'La demande en sus est réglée.'],
  ['trial', 'Les notifications arrivent bien sur cet appareil.'],
]);

/** What a push says of itself: ids and a kind, as in the list of notices. */
interface Told {
  id?: string;
  kind?: string;
  booking?: string;
  solicitation?: string;
}

export interface Shown {
  title: string;
  options: NotificationOptions & { renotify: boolean; data: { id?: string } };
}

/** The notification for what was pushed. Whatever arrives, something is shown: browsers demand it. */
export function notificationOf(text: string | undefined): Shown {
  const { id, kind = '', booking, solicitation } = read(text);
  return {
    title: 'Relais',
    options: {
      body: spaced(bodies.get(kind) ?? something),
      icon: '/icon-192.png',
      badge: '/icon-badge-96.png',
      lang: 'fr',
      // The last word on a booking or a solicitation replaces the ones before.
      tag: solicitation ?? booking ?? id ?? 'relais',
      renotify: true,
      requireInteraction: kind === 'solicitation_asked',
      data: { id },
    },
  };
}

function read(text = '{}'): Told {
  try {
    const told: unknown = JSON.parse(text);
    return typeof told === 'object' && told !== null ? (told as Told) : {};
  } catch {
    return {};
  }
}
