/** Chromium's offer to install the page; other browsers have none. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/**
 * The service worker seen from the page: it is registered here, a newer build of it is announced as
 * `fresh` and takes over when asked, when the page has just opened, or when nobody looks.
 */
export class Companion {
  fresh = $state(false);
  offer = $state.raw<InstallOffer>();
  readonly standalone =
    matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone;

  #registration?: ServiceWorkerRegistration;
  #onlook?: (hash?: string) => void;
  #controlled = false;

  /** Starts the worker; `onlook` is called when a notification was touched, with the part it is about. */
  async start(onlook: (hash?: string) => void) {
    this.#onlook = onlook;
    addEventListener('beforeinstallprompt', this.#offered);
    addEventListener('appinstalled', this.#installed);
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
    const workers = navigator.serviceWorker;
    this.#controlled = workers.controller !== null;
    workers.addEventListener('controllerchange', this.#changed);
    workers.addEventListener('message', this.#heard);
    try {
      this.#registration = await workers.register('/sw.js', { scope: '/', updateViaCache: 'none' });
    } catch {
      return; // Refused by the browser (private window): the page works without.
    }
    if (this.#registration?.waiting) return this.takeOver();
    this.#registration?.addEventListener('updatefound', () => this.#follow(this.#registration?.installing));
    document.addEventListener('visibilitychange', this.#hidden);
  }

  stop() {
    removeEventListener('beforeinstallprompt', this.#offered);
    removeEventListener('appinstalled', this.#installed);
    document.removeEventListener('visibilitychange', this.#hidden);
    if (!('serviceWorker' in navigator)) return;
    navigator.serviceWorker.removeEventListener('controllerchange', this.#changed);
    navigator.serviceWorker.removeEventListener('message', this.#heard);
  }

  /** Lets the newer build in; the page opens again with it. */
  takeOver() {
    this.#registration?.waiting?.postMessage('take-over');
  }

  async install() {
    await this.offer?.prompt();
    this.offer = undefined;
  }

  #follow(worker?: ServiceWorker | null) {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) this.fresh = true;
    });
  }

  #offered = (event: Event) => {
    event.preventDefault();
    this.offer = event as InstallOffer;
  };

  #installed = () => (this.offer = undefined);

  // Nobody looks and nothing is being typed: a good moment.
  #hidden = () => {
    if (document.visibilityState === 'visible') void this.#registration?.update().catch(() => undefined);
    else if (this.fresh && !document.querySelector('dialog[open]')) this.takeOver();
  };

  // The very first worker changes nothing: the page is of the same build.
  #changed = () => {
    if (this.#controlled) location.reload();
    this.#controlled = true;
  };

  #heard = (event: MessageEvent) => {
    const { data } = event as { data: unknown };
    if (data === 'look') this.#onlook?.();
    else if (typeof data === 'object' && data && 'look' in data) this.#onlook?.(String(data.look));
  };
}
