import { api } from '../../api/client';
import { wordsOf } from '../../api/problem';
import { nameOf } from '../attribution/tell';
import type { RequestState } from './kinds';
import type { Line } from './lines';
import { words } from './words';

/**
 * The names of the patients of a plan: hidden until they are asked for, since every reading of an
 * identity is audited. They stand in this page's memory only and go when they are hidden.
 */
export class Names {
  #known = $state.raw<ReadonlyMap<string, string>>(new Map());
  shown = $state(false);
  busy = $state(false);
  problem = $state('');

  constructor(private territory: string) {}

  of(request: string): string | undefined {
    return this.shown ? this.#known.get(request) : undefined;
  }

  hide() {
    this.shown = false;
    this.#known = new Map();
  }

  /** Shows those of the lines, and reads no page more than that takes. */
  async show(lines: Line[]) {
    this.busy = true;
    this.problem = '';
    try {
      this.#known = await this.read(
        new Set(
          lines.filter(({ patient }) => states.includes(patient.state)).map(({ patient }) => patient.request),
        ),
      );
      this.shown = true;
    } catch (error) {
      this.problem = wordsOf(error);
    }
    this.busy = false;
  }

  private async read(wanted: Set<string>): Promise<Map<string, string>> {
    const known = new Map<string, string>();
    let cursor: string | undefined;
    do {
      const { items, next } = await api.get('/mt/requests', {
        query: { territory: this.territory, state: states, cursor, limit: 500 },
      });
      for (const request of items) {
        if (!wanted.delete(request.id)) continue;
        known.set(request.id, request.patient ? nameOf(request) : words.names.unknown);
      }
      cursor = next;
    } while (cursor && wanted.size > 0);
    return known;
  }
}

// Of other requests a plan says only that they changed.
const states: RequestState[] = ['qualified', 'waiting', 'proposed', 'accepted'];
