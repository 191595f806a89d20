import { api, home } from '../api/client';
import { forget, recall, remember } from './memory';

const patience = 2000;

/**
 * Ends the notifications of this device: whoever uses it next is not to be rung for the one who left.
 * What cannot be told within two seconds is not waited for.
 */
export async function silence() {
  if (home) return; // An entraînement has none, and those of the service are not its own.
  const device = recall('push.device', '');
  forget('push.device');
  const told = device && api.delete('/push/subscriptions/{id}', { path: { id: device } });
  await Promise.race([
    Promise.allSettled([told, unsubscribe()]),
    new Promise((resolve) => setTimeout(resolve, patience)),
  ]);
}

/** Says who is here now: notifications of somebody else, whose session ended by itself, end too. */
export async function silenceOthers(account: string) {
  if (home) return;
  const last = recall('account', account);
  remember('account', account);
  if (last !== account) await silence();
}

async function unsubscribe() {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}
