// What the worker uses of its global scope. The pages' type library is the window's, and the two
// libraries cannot be loaded side by side.

export interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}
export interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
export interface Pushed extends Extendable {
  readonly data: { text(): string } | null;
}
export interface Clicked extends Extendable {
  readonly notification: Notification;
}
export interface Resubscribing extends Extendable {
  readonly oldSubscription?: PushSubscription | null;
}
export interface Messaged extends Extendable {
  readonly data: unknown;
}
export interface PageClient {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

export interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<PageClient[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: Messaged) => void): void;
  addEventListener(type: 'push', listener: (event: Pushed) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void;
  addEventListener(type: 'pushsubscriptionchange', listener: (event: Resubscribing) => void): void;
}

export const scope = globalThis as unknown as WorkerScope;
