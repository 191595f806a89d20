// What a push shows: the fixed words the server chose for a kind of notice, never a patient. Where a
// push cannot be read something is shown all the same: browsers demand it.

/** A push, as internal/notice writes it. */
interface Message {
  id?: string;
  kind?: string;
  title?: string;
  body?: string;
  url?: string;
  tag?: string;
}

export interface Shown {
  title: string;
  options: NotificationOptions & { renotify: boolean; data: Opening };
}

/** What a tap on the notification does: the page it opens, and the notice it was about. */
export interface Opening {
  page: string;
  id?: string;
}

const phone = '/phone';
// The part of it where patients are offered.
const patients = '/phone#patients';

export function notificationOf(text: string | undefined): Shown {
  const { id, kind, title, body, url, tag } = read(text);
  return {
    title: title || 'Relais',
    options: {
      body: body || 'Du nouveau dans vos créneaux.',
      icon: '/icon-192.png',
      badge: '/icon-badge-96.png',
      lang: 'fr',
      // The last word on one thing replaces the ones before, and rings again.
      tag: tag || 'relais',
      renotify: true,
      requireInteraction: kind === 'solicitation_asked',
      data: { page: kind?.startsWith('mt_') && pageOf(url) === phone ? patients : pageOf(url), id },
    },
  };
}

// A path of this origin, whatever was sent.
const pageOf = (url = '') => (/^\/(?![/\\])/.test(url) ? url : phone);

function read(text = '{}'): Message {
  try {
    const told: unknown = JSON.parse(text);
    if (typeof told !== 'object' || told === null) return {};
    return Object.fromEntries(
      Object.entries(told).filter(([, value]) => typeof value === 'string'),
    ) as Message;
  } catch {
    return {};
  }
}
