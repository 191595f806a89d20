import { describe, expect, it } from 'vitest';
import { notificationOf } from './notification';

const pushed = (message: object) => notificationOf(JSON.stringify(message));

describe('a push', () => {
  it('is shown with the words of the server, and opens its page', () =>
    expect(
      pushed({
        id: 'n1',
        kind: 'booked',
        title: 'Nouveau rendez-vous',
        body: 'Sur un créneau.',
        url: '/phone',
        tag: 't',
      }),
    ).toMatchObject({
      title: 'Nouveau rendez-vous',
      options: {
        body: 'Sur un créneau.',
        tag: 't',
        requireInteraction: false,
        data: { page: '/phone', id: 'n1' },
      },
    }));

  it('stays until it is answered when a patient is asked for', () =>
    expect(pushed({ kind: 'solicitation_asked' }).options.requireInteraction).toBe(true));

  it('of an offered patient leads to the offers', () =>
    expect(pushed({ kind: 'mt_offered', url: '/phone' }).options.data.page).toBe('/phone#patients'));

  it.each([undefined, '', 'no json', 'null', '[]', '"text"', '{"title":{"x":1},"body":4}'])(
    'of %j is shown all the same',
    (text) => {
      const { title, options } = notificationOf(text);
      expect(title).toBe('Relais');
      expect(options.body).toBe('Du nouveau dans vos créneaux.');
      expect(options.data.page).toBe('/phone');
    },
  );

  it.each(['https://else.example/', '//else.example/', '/\\else.example', 'phone', 'javascript:alert(1)'])(
    'never opens %s',
    (url) => expect(pushed({ url }).options.data.page).toBe('/phone'),
  );
});
