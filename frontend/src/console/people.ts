import type { Location, Practitioner, Territory } from '../api/types';
import { nearnessOf, type Caller, type Nearness } from './nearness';

/** The practitioners who publish in one territory. */
export interface Members {
  territory: Pick<Territory, 'id' | 'name'>;
  practitioners: Practitioner[];
}

/** The practitioners of the board and their locations, by id; one of several territories is there once. */
export class People {
  readonly all: Practitioner[];
  #byId: Map<string, Practitioner>;
  #locations: Map<string, Location>;
  #territories = new Map<string, string[]>();

  constructor(members: Members[]) {
    const practitioners = members.flatMap((each) => each.practitioners);
    this.#byId = new Map(practitioners.map((p) => [p.id, p]));
    this.all = [...this.#byId.values()];
    for (const { territory, practitioners: theirs } of members)
      for (const { id } of theirs)
        this.#territories.set(id, [...(this.#territories.get(id) ?? []), territory.name]);
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

  /** The names of the territories a practitioner publishes in. */
  territoriesOf(id: string): string[] {
    return this.#territories.get(id) ?? [];
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
