import type { Role } from '../api/types';

export type Page = 'console' | 'phone' | 'pilot';

const all = ['console', 'phone', 'pilot'] as const;

// What each works with; the first is where they land. A professional of the CPTS reports patients, and
// may look at the slots opened to them.
const byRole: Record<Role, [Page, ...Page[]]> = {
  gp: ['phone'],
  regulator: ['console'],
  professional: ['pilot', 'console'],
  coordinator: ['pilot'],
  treasurer: ['pilot'],
  observer: ['pilot'],
  admin: ['pilot'],
  triage_nurse: ['pilot'],
};

// Those whose one use of pilot is to report a patient without médecin traitant. Doctors and regulators
// are led there, or report from a case: it is no page of theirs to choose.
const reporters = new Set<Role>(['gp', 'regulator', 'professional']);

/** The address where a patient is reported. */
export const reportAddress = '/pilot#signaler';

/** The pages of someone with these roles, each once, in the order console, phone, pilot. */
export function pagesOf(roles: Role[]): Page[] {
  const theirs = new Set(roles.flatMap((role) => byRole[role]));
  return all.filter((page) => theirs.has(page));
}

/** Whether pilot is open to them for reporting patients alone. */
export const reportsOnly = (roles: Role[]): boolean =>
  roles.length > 0 && roles.every((role) => reporters.has(role));

/** Whether a page is open to someone with these roles. */
export const isOpenTo = (page: Page, roles: Role[]): boolean =>
  pagesOf(roles).includes(page) || (page === 'pilot' && reportsOnly(roles));

/** The page that an address shows, if it is one of the three. */
export function pageAt(pathname: string): Page | undefined {
  return all.find((page) => pathname === `/${page}`);
}

/**
 * Where to go after signing in: the page asked for when it is open to them, else where their role lands.
 * Undefined when several roles leave the choice, or they have none.
 */
export function landing(roles: Role[], asked: string | null): string | undefined {
  const wanted = all.find((page) => asked === `/${page}` && isOpenTo(page, roles));
  if (wanted) return `/${wanted}`;
  const [first, ...others] = new Set(roles.map((role) => byRole[role][0]));
  return first && others.length === 0 ? `/${first}` : undefined;
}
