import type { Commune } from '../api/types';
import { recall, remember } from '../ui/memory';

const kept = 40;

/** Communes by INSEE code: those of the territory, and those picked before on this machine. */
export class Communes {
  #byCode: Map<string, Commune>;
  #picked: Commune[];

  constructor(own: Commune[]) {
    this.#picked = recall<Commune[]>('communes', []);
    this.#byCode = new Map([...this.#picked, ...own].map((commune) => [commune.insee, commune]));
  }

  get(insee: string | undefined): Commune | undefined {
    return insee === undefined ? undefined : this.#byCode.get(insee);
  }

  /** Remembers a commune from outside the territory, so that a resumed case can name it. */
  note(commune: Commune) {
    if (this.#byCode.has(commune.insee)) return;
    this.#byCode.set(commune.insee, commune);
    this.#picked = [commune, ...this.#picked].slice(0, kept);
    remember('communes', this.#picked);
  }
}
