import { m } from '../ui/messages';
import type { ProblemBody, Reason, Slot } from './types';

/** Reasons that arise on this side of the wire, beside those of the contract. */
export type LocalReason = 'network' | 'live.disconnected' | 'live.timeout';

/**
 * A refusal, from the server (RFC 9457) or from the line itself. `reason` is stable and is what code
 * may look at; `message` is fit to be shown.
 */
export class Problem extends Error {
  readonly status: number;
  readonly reason: Reason | LocalReason;
  readonly fields: { name: string; reason: string; message?: string }[];
  readonly alternatives: Slot[];
  readonly heldBy?: string;
  readonly heldUntil?: string;
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfter?: number;

  constructor(
    body: Partial<Omit<ProblemBody, 'reason'>> & { reason: Problem['reason'] },
    retryAfter?: number,
  ) {
    super(m.reasons[body.reason] ?? body.title ?? m.error.unexpected);
    this.name = 'Problem';
    this.status = body.status ?? 0;
    this.reason = body.reason;
    this.fields = body.fields ?? [];
    this.alternatives = body.alternatives ?? [];
    this.heldBy = body.heldBy;
    this.heldUntil = body.heldUntil;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later without being changed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The words to show for anything that was thrown. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Problem)) return m.error.unexpected;
  const told = error.fields.map((field) => field.message).filter(Boolean);
  return told.length > 0 ? told.join(' ') : error.message;
}
