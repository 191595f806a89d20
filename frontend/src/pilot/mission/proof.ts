// A file of evidence before it is sent: what the service would refuse is said at once.
import { words } from './words';

const t = words.evidence;
const most = 5 * 1024 * 1024;

/** What a file dialog offers. */
export const accepted = '.pdf,.png,.jpg,.jpeg,.csv,.xlsx';

/** What is wrong with a file, in words; empty when nothing is. */
export function wrongFile({ name, size }: { name: string; size: number }): string {
  if (size === 0) return t.wrong.empty;
  if (!/\.(pdf|png|jpe?g|csv|xlsx)$/i.test(name)) return t.wrong.type(name);
  // Rounded up: what is said to be 5 Mo is not refused for being 5 Mo.
  return size > most ? t.wrong.tooLarge(name, t.size(Math.ceil((size / most) * 50))) : '';
}
