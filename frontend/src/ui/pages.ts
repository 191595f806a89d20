import type { Role } from '../api/types';

export type Page = 'console' | 'phone' | 'pilot';

const byRole: Record<Role, Page> = {
  gp: 'phone',
  regulator: 'console',
  professional: 'console',
  coordinator: 'pilot',
  treasurer: 'pilot',
  observer: 'pilot',
  admin: 'pilot',
  triage_nurse: 'pilot',
};

/** The pages of someone with these roles, each once, in the order console, phone, pilot. */
export function pagesOf(roles: Role[]): Page[] {
  const theirs = new Set(roles.map((role) => byRole[role]));
  return (['console', 'phone', 'pilot'] as const).filter((page) => theirs.has(page));
}

/** The page that an address shows, if it is one of the three. */
export function pageAt(pathname: string): Page | undefined {
  return (['console', 'phone', 'pilot'] as const).find((page) => pathname === `/${page}`);
}

/**
 * Where to go after signing in: the page asked for when it is theirs, else their only page.
 * Undefined when they must choose, or have none.
 */
export function landing(roles: Role[], asked: string | null): string | undefined {
  const pages = pagesOf(roles);
  const wanted = pages.find((page) => asked === `/${page}`);
  if (wanted) return `/${wanted}`;
  return pages.length === 1 ? `/${pages[0]}` : undefined;
}
