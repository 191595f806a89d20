import { address, goToSignIn } from '../../api/client';
import { Problem } from '../../api/problem';
import type { ProblemBody } from '../../api/types';

export const formats = ['fec', 'hledger', 'beancount', 'xlsx'] as const;
export type ExportFormat = (typeof formats)[number];

/** The name that an answer gives its file; the fallback when it gives none. */
export function fileName(disposition: string | null, fallback: string): string {
  const given = /filename="?([^";]+)"?/.exec(disposition ?? '')?.[1];
  // A path in a name stays in its folder.
  return given?.replace(/[/\\]/g, '_') || fallback;
}

/** Has the browser save the books of a fiscal year as a file, and gives its name. Throws a Problem. */
export async function download(format: ExportFormat, territory: string, year: number): Promise<string> {
  const where = address('/funding/exports/{format}', { format }, { territory, year });
  const response = await fetch(where, { credentials: 'same-origin' }).catch(() => {
    throw new Problem({ reason: 'network' });
  });
  if (response.status === 401) goToSignIn();
  if (!response.ok) throw await problemOf(response);
  const name = fileName(response.headers.get('Content-Disposition'), `${format}-${year}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return name;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return new Problem((await response.json()) as ProblemBody);
  } catch {
    return new Problem({ reason: 'request.unavailable', status: response.status });
  }
}
