// Where one is on the page, as its address says it: #remplissage?periode=mois. Addresses are French,
// stable, and can be kept or sent.
import { isSound, type Period, type Preset } from './period';

export const sections = [
  'ensemble',
  'remplissage',
  'heures',
  'demandes',
  'appels',
  'participation',
  'couverture',
  'membres',
] as const;
export type Section = (typeof sections)[number];

export interface Place {
  section: Section;
  preset: Preset;
  /** The days chosen by hand, with the preset own. */
  own?: Period;
}

const names: Record<Exclude<Preset, 'own'>, string> = { week: 'semaine', month: 'mois', season: 'saison' };

/** The place an address names; undefined when it names no section. What it leaves out is as usual. */
export function read(hash: string): Place | undefined {
  const [name, query] = hash.replace(/^#/, '').split('?');
  const section = sections.find((one) => one === (name || 'ensemble'));
  if (!section) return;
  const asked = new URLSearchParams(query);
  const own = { from: asked.get('du') ?? '', to: asked.get('au') ?? '' };
  if (isSound(own)) return { section, preset: 'own', own };
  const preset = (['week', 'month'] as const).find((one) => names[one] === asked.get('periode'));
  return { section, preset: preset ?? 'season' };
}

/** The address of a place. Days that make no period are left out. */
export function write({ section, preset, own }: Place): string {
  if (preset === 'own')
    return own && isSound(own) ? `#${section}?du=${own.from}&au=${own.to}` : `#${section}`;
  return preset === 'season' ? `#${section}` : `#${section}?periode=${names[preset]}`;
}
