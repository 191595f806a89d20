import { all, api } from '../../api/client';
import { wordsOf } from '../../api/problem';
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

  async show() {
    this.busy = true;
    this.problem = '';
    try {
      const requests = await all((cursor) =>
        api.get('/mt/requests', {
          query: {
            territory: this.territory,
            state: ['qualified', 'waiting', 'proposed'],
            cursor,
            limit: 500,
          },
        }),
      );
      this.#known = new Map(
        requests.map(({ id, patient }) => [
          id,
          patient ? `${patient.family} ${patient.given ?? ''}`.trim() : words.names.unknown,
        ]),
      );
      this.shown = true;
    } catch (error) {
      this.problem = wordsOf(error);
    }
    this.busy = false;
  }
}
