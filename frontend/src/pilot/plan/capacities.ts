// Who can take how many this quarter, as a table and as a file.
import type { Practitioner } from '../../api/types';
import { locale } from '../../ui/messages';
import { dayInWords, dayOf } from '../../ui/time';
import { byFamily } from '../figures';
import type { Column } from '../sheet';
import type { Ground } from './ground';
import type { Capacity } from './kinds';
import { found } from './search';
import { words } from './words';

const t = words.capacities;

/** A GP of the territory and what they said they can take; nothing when they never said. */
export interface Room {
  id: string;
  name: string;
  sites: { insee: string; name: string }[];
  capacity?: Capacity;
  state: keyof typeof t.states;
}

function stateOf(capacity: Capacity | undefined): Room['state'] {
  if (!capacity) return 'never';
  if (capacity.paused) return 'paused';
  if (!capacity.current) return 'confirm';
  return capacity.left > 0 ? 'open' : 'full';
}

/** Every GP of the territory by family name, whether they declared or not. */
export function roomsOf(people: Practitioner[], capacities: Capacity[]): Room[] {
  const declared = new Map(capacities.map((one) => [one.practitioner, one]));
  return people
    .map(({ id, name, locations }) => ({
      id,
      name,
      sites: [
        ...new Map(locations.map((at) => [at.commune, { insee: at.commune, name: at.communeName }])).values(),
      ],
      capacity: declared.get(id),
      state: stateOf(declared.get(id)),
    }))
    .sort((a, b) => byFamily(a.name, b.name));
}

export interface Filter {
  which: 'all' | 'left' | 'confirm';
  /** A commune where they receive; empty for any. */
  commune: string;
  typed: string;
}

/** Whether a GP can still be proposed a patient. */
const hasRoom = ({ state }: Room) => state === 'open';
/** Whether a GP has to be asked: not yet for this quarter, or never. */
const toAsk = ({ capacity }: Room) => !capacity?.current;

export function filtered(rooms: Room[], { which, commune, typed }: Filter): Room[] {
  return rooms.filter(
    (room) =>
      (which === 'all' || (which === 'left' ? hasRoom(room) : toAsk(room))) &&
      (!commune || room.sites.some(({ insee }) => insee === commune)) &&
      found(`${room.name} ${room.sites.map(({ name }) => name).join(' ')}`, typed),
  );
}

/** The communes where someone receives, by name. */
export function sitesOf(rooms: Room[]): { insee: string; name: string }[] {
  const all = new Map(rooms.flatMap(({ sites }) => sites).map((site) => [site.insee, site]));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name, 'fr'));
}

/** What the GPs shown can take in all. Who paused has no place to give. */
export function sumOf(rooms: Room[]) {
  const sum = (of: (capacity: Capacity) => number) =>
    rooms.reduce((all, { capacity }) => all + (capacity ? of(capacity) : 0), 0);
  return {
    places: sum((c) => (c.current ? c.places : 0)),
    pending: sum((c) => c.pending),
    taken: sum((c) => c.taken),
    left: rooms.filter(hasRoom).reduce((all, { capacity }) => all + capacity!.left, 0),
    confirm: rooms.filter(toAsk).length,
  };
}

/** "2026-Q4" as "4e trimestre 2026". */
export function quarterInWords(quarter: string): string {
  const [year = '', number = ''] = quarter.split('-Q');
  return t.quarter(Number(number), year);
}

/** Whom they wish to take, in words. */
export function wishesOf(capacity: Capacity, ground: Pick<Ground, 'commune'>): string {
  const said: string[] = [];
  if (capacity.criteria.length > 0)
    said.push(t.wishes.criteria(capacity.criteria.map((one) => words.criteria[one])));
  if (capacity.communes.length > 0) said.push(t.wishes.communes(capacity.communes.map(ground.commune)));
  if (said.length === 0) said.push(t.wishes.any);
  said.push(capacity.homeVisits ? t.wishes.visits : t.wishes.noVisits);
  return said.join(' ; ');
}

/** When it was declared, and by whom. */
export function declaredOf({ declaredAt, declaredBy }: Capacity, zone: string): string {
  const day = dayOf(declaredAt, zone);
  return t.declared(dayInWords(day, locale, true).replace(/^\S+ /, ''), declaredBy ?? '');
}

/** The columns of the file; a GP who never declared has empty cells. */
export function columnsOf(ground: Pick<Ground, 'commune'>, zone: string): Column<Room>[] {
  const c = t.columns;
  const of =
    (read: (capacity: Capacity) => string | number) =>
    ({ capacity }: Room) =>
      capacity ? read(capacity) : null;
  return [
    { name: c.gp, cell: ({ name }) => name },
    { name: c.sites, cell: ({ sites }) => sites.map(({ name }) => name).join(', ') || null },
    { name: c.places, cell: of((one) => (one.current ? one.places : 0)) },
    { name: c.pending, inFile: c.pendingLong, cell: of(({ pending }) => pending) },
    { name: c.taken, inFile: c.takenLong, cell: of(({ taken }) => taken) },
    { name: c.left, cell: of((one) => (one.paused ? 0 : one.left)) },
    { name: c.wishes, cell: of((one) => wishesOf(one, ground)) },
    { name: c.state, cell: ({ state }) => t.states[state] },
    { name: c.declaredOn, cell: of(({ declaredAt }) => dayOf(declaredAt, zone)) },
  ];
}
