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
  'contrat',
  'indicateurs',
  'dialogue',
  'enveloppes',
  'budget',
  'livre',
  'attendus',
  'exercices',
  'attestations',
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
const mission: Section[] = ['indicateurs', 'dialogue'];
const books: Section[] = ['enveloppes', 'budget', 'livre', 'attendus', 'exercices', 'attestations'];

// What each may see is the service's to say (account.Can); a section whose every call would be refused is not shown.
// Someone with several roles starts where the first of them does.
const byRole: Record<Role, Section[]> = {
  triage_nurse: ['demandes-mt', 'plan-mt', 'places-mt', 'suivi-mt'],
  treasurer: ['contrat', ...mission, ...books, ...figures],
  coordinator: [...figures, 'places-mt', 'contrat', ...mission, ...books],
  observer: [...figures, ...mission],
  admin: figures,
  professional: reports,
  regulator: reports,
  gp: [...reports, 'attestations'],
};

/** The sections of someone with these roles, each once; the first is where they start. */
export function sectionsOf(roles: Role[]): Section[] {
  const ranked = (Object.keys(byRole) as Role[]).filter((role) => roles.includes(role));
  return [...new Set(ranked.flatMap((role) => byRole[role]))];
}

/** Whether the certificates someone sees are their own: those of all are for the roles that have the books. */
export const onlyOwn = (shown: readonly Section[]) => !shown.includes('livre');

export type Group = 'activity' | 'mt' | 'contract' | 'funding';

const grouped: Record<Group, ReadonlySet<Section>> = {
  activity: new Set(figures.filter((one) => one !== 'suivi-mt')),
  mt: new Set<Section>(['demandes-mt', 'plan-mt', 'places-mt', 'suivi-mt', 'signaler']),
  contract: new Set<Section>(['contrat', ...mission]),
  funding: new Set(books),
};

// So many fit one strip.
const mostInAStrip = 9;

/** Sections under their headings, in the order shown; few of them need none and come as one group. */
export function groupsOf(shown: readonly Section[]): { group?: Group; sections: Section[] }[] {
  if (shown.length <= mostInAStrip) return [{ sections: [...shown] }];
  const groups = new Map<Group, Section[]>();
  for (const section of shown) {
    const group = (Object.keys(grouped) as Group[]).find((one) => grouped[one].has(section))!;
    groups.set(group, [...(groups.get(group) ?? []), section]);
  }
  return [...groups].map(([group, sections]) => ({ group, sections }));
}

const withoutPeriod = new Set<Section>([
  'demandes-mt',
  'plan-mt',
  'places-mt',
  'couverture',
  'membres',
  'signaler',
  'contrat',
  ...mission,
  ...books,
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
  /** What a section of the books shows of all it has, by the names in `filters`. */
  filter?: Filter;
}

export type Filter = Record<string, string>;

/** What the address of a section may ask for, in the order it is written: #livre?exercice=2026&enveloppe=acces */
const filters: Partial<Record<Section, readonly string[]>> = {
  contrat: ['exercice'],
  budget: ['exercice'],
  livre: ['vue', 'exercice', 'journal', 'enveloppe', 'compte', 'ordre', 'ecriture'],
  attendus: ['vue', 'nature', 'etat', 'medecin', 'annee'],
  exercices: ['vue', 'exercice', 'fin'],
  indicateurs: ['annee', 'mission', 'indicateur'],
  dialogue: ['annee'],
  attestations: ['mois', 'medecin', 'rendezvous'],
};

function filterOf(section: Section, value: (name: string) => string | null | undefined): Filter | undefined {
  const found = filters[section]!.map((name) => [name, value(name) ?? ''] as const).filter(([, said]) =>
    /^[\w.,-]{1,64}$/.test(said),
  );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
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
  if (section in filters) {
    const filter = filterOf(section, (name) => asked.get(name));
    return { section, preset: 'season', ...(filter && { filter }) };
  }
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
export function write({ section, preset, own, dossier, view, filter }: Place): string {
  if (section === 'demandes-mt') {
    if (dossier) return `#${section}?dossier=${dossier}`;
    return view ? `#${section}?vue=${view}` : `#${section}`;
  }
  if (section in filters) {
    const asked = filterOf(section, (name) => filter?.[name]);
    return asked ? `#${section}?${new URLSearchParams(asked)}` : `#${section}`;
  }
  if (preset === 'own')
    return own && isSound(own) ? `#${section}?du=${own.from}&au=${own.to}` : `#${section}`;
  return preset === 'season' ? `#${section}` : `#${section}?periode=${names[preset]}`;
}
