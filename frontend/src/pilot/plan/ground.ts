import type { Practitioner, Territory } from '../../api/types';
import { words } from './words';

/** Who receives where: GPs and communes by their ids, as a line names them. */
export interface Ground {
  /** "Dr Ada Martin"; for one who left the territory, that they are of it. */
  gp(id: string): string;
  /** Where a GP receives: "Melun, Dammarie-les-Lys". */
  sites(id: string): string;
  /** A commune by its code; its code when the territory does not know it. */
  commune(insee: string): string;
}

/** The ground of a territory: its communes, and those where its GPs receive. */
export function groundOf(territory: Pick<Territory, 'communes'>, practitioners: Practitioner[]): Ground {
  const gps = new Map(practitioners.map((gp) => [gp.id, gp]));
  const places = practitioners.flatMap(({ locations }) => locations);
  const communes = new Map<string, string>([
    ...places.map(({ commune, communeName }) => [commune, communeName] as const),
    ...territory.communes.map(({ insee, name }) => [insee, name] as const),
  ]);
  return {
    gp: (id) => gps.get(id)?.name ?? words.line.unknownGP,
    sites: (id) => [...new Set(gps.get(id)?.locations.map(({ communeName }) => communeName))].join(', '),
    commune: (insee) => communes.get(insee) ?? insee,
  };
}
