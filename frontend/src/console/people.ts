import type { Location, Practitioner } from '../api/types';
import { nearnessOf, type Caller, type Nearness } from './nearness';

/** The territory's practitioners and their locations, by id. */
export class People {
  readonly all: Practitioner[];
  #byId: Map<string, Practitioner>;
  #locations: Map<string, Location>;

  constructor(practitioners: Practitioner[]) {
    this.all = practitioners;
    this.#byId = new Map(practitioners.map((p) => [p.id, p]));
    this.#locations = new Map(practitioners.flatMap((p) => p.locations).map((l) => [l.id, l]));
  }

  get(id: string): Practitioner | undefined {
    return this.#byId.get(id);
  }

  name(id: string): string {
    return this.#byId.get(id)?.name ?? '';
  }

  location(id: string): Location | undefined {
    return this.#locations.get(id);
  }

  /** The commune names of a practitioner's locations, each once. */
  places(id: string): string {
    const names = this.#byId.get(id)?.locations.map((l) => l.communeName) ?? [];
    return [...new Set(names)].join(', ');
  }

  /** How near one location of a practitioner is to the caller. */
  nearness(practitioner: string, location: string | undefined, caller: Caller): Nearness {
    const who = this.#byId.get(practitioner);
    if (!who) return { ownMT: false, approximate: false };
    const at = location === undefined ? undefined : this.#locations.get(location);
    return nearnessOf(at ? { ...who, locations: [at] } : who, caller);
  }

  byRpps(rpps: string): Practitioner | undefined {
    return this.all.find((p) => p.rpps === rpps);
  }
}
