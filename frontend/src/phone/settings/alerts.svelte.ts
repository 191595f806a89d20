import { api } from '../../api/client';
import type { Alerts as Choice, Subscription } from '../../api/types';
import { forget, recall, remember } from '../../ui/memory';
import { deviceName, keyBytes, told } from '../worker/subscription';

/**
 * checking; impossible here, or until the page is on the home screen (iOS), or without https; refused by
 * the person; off; on.
 */
export type AlertState = 'checking' | 'impossible' | 'homeScreen' | 'insecure' | 'refused' | 'off' | 'on';

/** Notifications on this device, the doctor's other devices, and the e-mail that stands in for them. */
export class Alerts {
  state = $state<AlertState>('checking');
  devices = $state.raw<Subscription[]>([]);
  choice = $state.raw<Choice>();
  /** The subscription of this device as the server knows it. */
  own = $state(recall('push.device', ''));

  async read() {
    this.state = await this.#stateNow();
    const [devices, choice] = await Promise.all([api.get('/push/subscriptions'), api.get('/me/alerts')]);
    this.devices = devices.items;
    this.choice = choice;
    // Forgotten from another device, or a subscription of whoever used this phone before.
    if (this.state === 'on' && !this.devices.some(({ id }) => id === this.own)) await this.#tell();
  }

  /** Asks for the permission and subscribes. Called from a tap only. */
  async turnOn() {
    if ((await Notification.requestPermission()) !== 'granted') {
      this.state = Notification.permission === 'denied' ? 'refused' : 'off';
      return;
    }
    await this.#subscribe();
    await this.#tell();
    this.state = 'on';
  }

  async turnOff() {
    const subscription = await this.#subscription();
    await subscription?.unsubscribe();
    this.state = 'off';
    if (this.own) await this.forget(this.own);
  }

  trial() {
    return api.post('/push/trial');
  }

  async forget(id: string) {
    await api.delete('/push/subscriptions/{id}', { path: { id } });
    this.devices = this.devices.filter((device) => device.id !== id);
    if (id !== this.own) return;
    forget('push.device');
    this.own = '';
    await (await this.#subscription())?.unsubscribe();
    if (this.state === 'on') this.state = 'off';
  }

  async mail(mail: boolean) {
    this.choice = await api.put('/me/alerts', { body: { mail } });
  }

  async #stateNow(): Promise<AlertState> {
    if (!isSecureContext) return 'insecure';
    if (!('PushManager' in window) || !('Notification' in window) || !('serviceWorker' in navigator)) {
      return /iPhone|iPad/.test(navigator.userAgent) ? 'homeScreen' : 'impossible';
    }
    if (Notification.permission === 'denied') return 'refused';
    return Notification.permission === 'granted' && (await this.#subscription()) ? 'on' : 'off';
  }

  async #subscription(): Promise<PushSubscription | null> {
    const registration = await navigator.serviceWorker.getRegistration();
    return (await registration?.pushManager.getSubscription()) ?? null;
  }

  // A subscription made with another key of the server is of no use any more.
  async #subscribe() {
    const { key } = await api.get('/push/key');
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: keyBytes(key) };
    const before = await pushManager.getSubscription();
    const used = before?.options.applicationServerKey;
    if (before && used && !same(new Uint8Array(used), options.applicationServerKey))
      await before.unsubscribe();
    await pushManager.subscribe(options);
  }

  async #tell() {
    const subscription = await this.#subscription();
    if (!subscription) return;
    const body = told(subscription, deviceName(navigator.userAgent));
    const made = await api.post('/push/subscriptions', { body });
    this.own = made.id;
    remember('push.device', made.id);
    this.devices = [made, ...this.devices.filter(({ id }) => id !== made.id)];
  }
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);
