import { api } from '../api/client';
import type { LiveLine } from '../api/live';
import { Problem } from '../api/problem';
import type { Booking, Hold, Patient } from '../api/types';

/** What a booking asks for, exactly one of `hold` and `slot`. */
export interface BookingRequest {
  hold?: string;
  slot?: string;
  case?: string;
  patient: Patient;
  reason?: string;
  acknowledge?: 'same_patient'[];
}

type Line = Pick<LiveLine, 'send' | 'state'>;

const unanswered = (error: unknown) =>
  error instanceof Problem && (error.reason === 'live.disconnected' || error.reason === 'live.timeout');

/** Holds a seat over the line, or over HTTP while the line is down. */
export function hold(line: Line, slot: string, kase?: string): Promise<Hold> {
  const about = kase ? { case: kase } : {};
  if (line.state === 'live') return line.send({ op: 'hold', slot, ...about });
  return api.post('/slots/{id}/holds', { path: { id: slot }, body: about });
}

export function extend(line: Line, token: string): Promise<Hold> {
  if (line.state === 'live') return line.send({ op: 'extend', hold: token });
  return api.post('/holds/{token}/extend', { path: { token } });
}

export async function release(line: Line, token: string): Promise<void> {
  if (line.state === 'live') await line.send({ op: 'release', hold: token });
  else await api.delete('/holds/{token}', { path: { token } });
}

/**
 * Books over the line. When the line is down, or breaks before it answers, the same request goes over
 * HTTP with the same key: it is made once, whatever arrived.
 */
export async function book(line: Line, request: BookingRequest, key: string): Promise<Booking> {
  if (line.state === 'live') {
    try {
      return await line.send({ op: 'book', key, ...request });
    } catch (error) {
      if (!unanswered(error)) throw error;
    }
  }
  return api.post('/bookings', { body: request, key });
}
