// Where one is on the page, as its address says it: #remplissage?periode=mois. Addresses are French,
// stable, and can be kept or sent. None of them names a patient: a dossier is its id.
import type { Role } from '../api/types';
import { isSound, type Period, type Preset } from './period';

export const sections = [
  'demandes-mt',
  'plan-mt',
  'ensemble',
  'remplissage',
  'heures',
  'demandes',
  'appels',
  'participation',
  'couverture',
  'membres',
  'places-mt',
  'suivi-mt',
  'signaler',
] as const;
export type Section = (typeof sections)[number];

const figures: Section[] = [
  'ensemble',
  'remplissage',
  'heures',
  'demandes',
  'appels',
  'participation',
  'couverture',
  'membres',
  'suivi-mt',
];
const reports: Section[] = ['signaler'];

// What each may see is the service's to say (account.Can); a section whose every call would be refused is not shown.
const byRole: Record<Role, Section[]> = {
  triage_nurse: ['demandes-mt', 'plan-mt', 'places-mt', 'suivi-mt'],
  coordinator: [...figures, 'places-mt'],
  treasurer: figures,
  observer: figures,
  admin: figures,
  professional: reports,
  regulator: reports,
  gp: reports,
};

/** The sections of someone with these roles, each once; the first is where they start. */
export function sectionsOf(roles: Role[]): Section[] {
  const theirs = new Set(roles.flatMap((role) => byRole[role]));
  return sections.filter((section) => theirs.has(section));
}

const withoutPeriod = new Set<Section>([
  'demandes-mt',
  'plan-mt',
  'places-mt',
  'couverture',
  'membres',
  'signaler',
]);

/** Whether a section shows the days one chooses. */
export const hasPeriod = (section: Section) => !withoutPeriod.has(section);

/** What a section shows in place of its list. */
export const views = ['nouvelle', 'import'] as const;
export type View = (typeof views)[number];

export interface Place {
  section: Section;
  preset: Preset;
  /** The days chosen by hand, with the preset own. */
  own?: Period;
  /** The request that is open beside the list, by its id. */
  dossier?: string;
  view?: View;
}

const names: Record<Exclude<Preset, 'own'>, string> = { week: 'semaine', month: 'mois', season: 'saison' };

/**
 * The place an address names among the sections shown, the first of them when it names none; undefined
 * when it names another. What it leaves out is as usual.
 */
export function read(hash: string, shown: readonly Section[] = sections): Place | undefined {
  const [name, query] = hash.replace(/^#/, '').split('?');
  const section = name ? shown.find((one) => one === name) : shown[0];
  if (!section) return;
  const asked = new URLSearchParams(query);
  if (section === 'demandes-mt') return { section, preset: 'season', ...opened(asked) };
  const own = { from: asked.get('du') ?? '', to: asked.get('au') ?? '' };
  if (isSound(own)) return { section, preset: 'own', own };
  const preset = (['week', 'month'] as const).find((one) => names[one] === asked.get('periode'));
  return { section, preset: preset ?? 'season' };
}

function opened(asked: URLSearchParams): Pick<Place, 'dossier' | 'view'> {
  const dossier = asked.get('dossier') ?? '';
  if (/^[\w-]{1,64}$/.test(dossier)) return { dossier };
  const view = views.find((one) => one === asked.get('vue'));
  return view ? { view } : {};
}

/** The address of a place. Days that make no period are left out. */
export function write({ section, preset, own, dossier, view }: Place): string {
  if (section === 'demandes-mt') {
    if (dossier) return `#${section}?dossier=${dossier}`;
    return view ? `#${section}?vue=${view}` : `#${section}`;
  }
  if (preset === 'own')
    return own && isSound(own) ? `#${section}?du=${own.from}&au=${own.to}` : `#${section}`;
  return preset === 'season' ? `#${section}` : `#${section}?periode=${names[preset]}`;
}
