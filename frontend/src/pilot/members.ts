import type { Practitioner } from '../api/types';
import { byFamily } from './figures';
import type { FillReport } from './reports';
import type { Column } from './sheet';
import { words } from './words';

const t = words.members;

/** A practitioner of the territory and what they published in the last four weeks. */
export interface Member {
  name: string;
  rpps: string;
  sites: string[];
  published: boolean;
  offered: number;
  taken: number;
  hours: number;
}

/** Everyone of the territory by family name. Who published and withdrew it all has published. */
export function membersOf(people: Practitioner[], { rows }: Pick<FillReport, 'rows'>): Member[] {
  const figures = new Map(rows.map((row) => [row.key, row]));
  return people
    .map(({ id, name, rpps, locations }) => {
      const row = figures.get(id);
      return {
        name,
        rpps: rpps ?? '',
        sites: locations.map((place) => `${place.name}, ${place.communeName}`),
        published: row !== undefined && row.offered + row.withdrawn > 0,
        offered: row?.offered ?? 0,
        taken: row?.taken ?? 0,
        hours: row?.hoursOpened ?? 0,
      };
    })
    .sort((a, b) => byFamily(a.name, b.name));
}

export const memberColumns: Column<Member>[] = [
  { name: t.name, cell: ({ name }) => name },
  // Eleven digits: a spreadsheet would round them as a number.
  { name: t.rpps, cell: ({ rpps }) => rpps || null },
  {
    name: t.sites,
    cell: ({ sites }) => sites.join(' ; ') || null,
    shown: ({ sites }) => sites.join(' ; ') || t.noSite,
  },
  {
    name: t.published,
    cell: ({ published }) => (published ? t.yes : t.no),
    shown: ({ published }) => (published ? `✓ ${t.yes}` : `– ${t.no}`),
    strong: true,
  },
  { name: t.seats, cell: ({ offered }) => offered },
  { name: t.taken, cell: ({ taken }) => taken },
  {
    name: t.hours,
    inFile: t.hoursUnit,
    cell: ({ hours }) => hours,
    shown: ({ hours }) => words.hoursShort(hours),
  },
];
