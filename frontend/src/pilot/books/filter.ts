// What the ledger shows, as the address says it: #livre?exercice=2026&compte=6226. What is not sound is left out.

/** What an address asks of a section: names and values. */
export type Asked = Record<string, string>;

export const orders = ['newest', 'oldest'] as const;
export type Order = (typeof orders)[number];

/** Which entries are shown; "" and undefined are all of them. */
export interface Filter {
  year?: number;
  account: string;
  journal: string;
  envelope: string;
  order: Order;
}

/** The list, the balances by account, the form of a new entry, or one entry. */
export type LedgerView = 'entries' | 'totals' | 'new';

export interface LedgerPlace {
  view: LedgerView;
  /** The id of the one entry that is shown. */
  entry?: string;
  filter: Filter;
}

const views: Record<string, LedgerView> = { soldes: 'totals', nouvelle: 'new' };

/** All entries, the newest first. */
export const everything: Filter = { account: '', journal: '', envelope: '', order: 'newest' };

/** The fiscal year that an address names. */
export function yearIn(asked: Asked, name = 'exercice'): number | undefined {
  const year = Number(matching(asked, name, /^20\d\d$/));
  return year || undefined;
}

/** The value of a name in an address when it is of this shape, "" otherwise. */
export function matching(asked: Asked, name: string, shape: RegExp): string {
  const value = asked[name] ?? '';
  return shape.test(value) ? value : '';
}

/** The place in the ledger that an address names. */
export function readLedger(asked: Asked = {}): LedgerPlace {
  return {
    view: views[asked.vue ?? ''] ?? 'entries',
    entry: matching(asked, 'ecriture', /^[\w-]{1,64}$/) || undefined,
    filter: {
      year: yearIn(asked),
      account: matching(asked, 'compte', /^\d{1,12}$/),
      journal: matching(asked, 'journal', /^[A-Z0-9]{2,5}$/),
      envelope: matching(asked, 'enveloppe', /^[a-z0-9_-]{1,40}$/),
      order: asked.ordre === 'numero' ? 'oldest' : 'newest',
    },
  };
}

/** What the address of a place in the ledger asks for; nothing at its beginning. */
export function writeLedger({ view, entry, filter }: LedgerPlace): Asked {
  const named = Object.keys(views).find((name) => views[name] === view);
  return said({
    vue: named,
    ecriture: entry,
    exercice: filter.year?.toString(),
    compte: filter.account,
    journal: filter.journal,
    enveloppe: filter.envelope,
    ordre: filter.order === 'oldest' ? 'numero' : '',
  });
}

/** The values that there are. */
export const said = (values: Record<string, string | undefined>): Asked =>
  Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1])));

/** Whether something keeps entries out. */
export const narrows = ({ year, account, journal, envelope }: Filter) =>
  year !== undefined || account !== '' || journal !== '' || envelope !== '';
