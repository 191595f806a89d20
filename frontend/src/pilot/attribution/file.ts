import { formWords } from './formwords.fr';

const most = 1024 * 1024;

/** What is wrong with a file before it is sent, in words; empty when nothing is. */
export function wrongIn(file: Pick<File, 'size'> | undefined): string {
  const t = formWords.import;
  if (!file) return t.noFile;
  if (file.size === 0) return t.empty;
  return file.size > most ? t.tooLarge : '';
}

/** Bytes in base64, as the contract takes a file. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  const step = 0x8000; // More at once would overflow the stack of the call.
  for (let at = 0; at < bytes.length; at += step)
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(text);
}
