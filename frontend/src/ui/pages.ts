import type { Role } from '../api/types';

export type Page = 'console' | 'phone' | 'pilot';

const all = ['console', 'phone', 'pilot'] as const;

// Where each works, and lands after signing in.
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

// Who is let into pilot for one thing: to report a patient without médecin traitant.
const reporters = new Set<Role>(['gp', 'professional', 'regulator']);

/** The address where professionals report a patient. */
export const reportAddress = '/pilot#signaler';

/** The pages of someone with these roles, each once, in the order console, phone, pilot. */
export function pagesOf(roles: Role[]): Page[] {
  const theirs = new Set(roles.map((role) => byRole[role]));
  return all.filter((page) => theirs.has(page));
}

/** Whether pilot is open to them for reporting alone. */
export const reportsOnly = (roles: Role[]): boolean =>
  !pagesOf(roles).includes('pilot') && roles.some((role) => reporters.has(role));

/** Whether a page is open to someone with these roles. */
export const isOpenTo = (page: Page, roles: Role[]): boolean =>
  pagesOf(roles).includes(page) || (page === 'pilot' && reportsOnly(roles));

/** The page that an address shows, if it is one of the three. */
export function pageAt(pathname: string): Page | undefined {
  return all.find((page) => pathname === `/${page}`);
}

/**
 * Where to go after signing in: the page asked for when it is open to them, else their only page.
 * Undefined when they must choose, or have none.
 */
export function landing(roles: Role[], asked: string | null): string | undefined {
  const wanted = all.find((page) => asked === `/${page}` && isOpenTo(page, roles));
  if (wanted) return `/${wanted}`;
  const pages = pagesOf(roles);
  return pages.length === 1 ? `/${pages[0]}` : undefined;
}
