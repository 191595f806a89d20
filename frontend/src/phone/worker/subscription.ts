// Web Push subscriptions (RFC 8030, 8292), made by the page when asked and by the worker when the
// browser changes one.

/** The server's public key as the browser wants it: 65 bytes from base64url. */
export function keyBytes(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** What the server keeps of a subscription. */
export function told(subscription: PushSubscription, device: string) {
  const { endpoint = '', keys = {} } = subscription.toJSON();
  return { endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' }, device };
}

/** "iPhone", "Android · Firefox", … : enough for their owner to know a device again. */
export function deviceName(agent: string): string {
  const machine = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'].find((m) =>
    agent.includes(m),
  );
  const browser = ['Edg', 'Firefox', 'SamsungBrowser', 'Chrome', 'Safari'].find((b) => agent.includes(b));
  const names: Record<string, string> = {
    Edg: 'Edge',
    SamsungBrowser: 'Samsung Internet',
    Macintosh: 'Mac',
  };
  const known = [machine, browser].filter((one) => one !== undefined).map((one) => names[one] ?? one);
  return known.join(' · ') || 'Appareil';
}
