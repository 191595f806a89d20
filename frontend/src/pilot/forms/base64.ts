/** Bytes in base64, as the contract takes a file. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  const step = 0x8000; // More at once would overflow the stack of the call.
  for (let at = 0; at < bytes.length; at += step)
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(text);
}
