// The little of RFC 6455 that one console needs: whole text frames both ways over a socket of its own, so
// that measures pay for a real network and not for a debugger's.
import { createHash } from 'node:crypto';

const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Accepts an upgrade. Gives what a mocked socket gives: send, close, onMessage. */
export function accept(request, stream) {
  const key = createHash('sha1').update(request.headers['sec-websocket-key'] + magic);
  stream.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${key.digest('base64')}\r\nSec-WebSocket-Protocol: relais.v1\r\n\r\n`,
  );
  let heard = () => {};
  let rest = Buffer.alloc(0);
  stream.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let frame = next(rest); frame; frame = next(rest)) {
      rest = rest.subarray(frame.length);
      if (frame.opcode === 1) heard(frame.text);
      else if (frame.opcode === 8) stream.end();
    }
  });
  stream.on('error', () => {});
  return {
    onMessage: (listener) => (heard = listener),
    send: (text) => stream.writable && stream.write(textFrame(text)),
    close: () => stream.end(),
  };
}

function textFrame(text) {
  const body = Buffer.from(text);
  if (body.length < 126) return Buffer.concat([Buffer.from([0x81, body.length]), body]);
  const head = Buffer.alloc(body.length < 65536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = body.length < 65536 ? 126 : 127;
  if (body.length < 65536) head.writeUInt16BE(body.length, 2);
  else head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}

// A browser masks what it sends; a console's commands fit the two short lengths.
function next(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const at = short === 126 ? 4 : 2;
  if (bytes.length < at + 4) return undefined;
  const size = short === 126 ? bytes.readUInt16BE(2) : short;
  const length = at + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(at, at + 4);
  const body = Buffer.from(bytes.subarray(at + 4, length));
  for (let i = 0; i < size; i++) body[i] ^= mask[i % 4];
  return { opcode: bytes[0] & 0x0f, text: body.toString(), length };
}
