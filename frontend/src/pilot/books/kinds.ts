// Short names for what the contract says of the books.
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Entry = Schemas['Entry'];
export type EntryLine = Schemas['EntryLine'];
export type NewEntry = Schemas['NewEntry'];
export type FiscalYear = Schemas['FiscalYear'];
export type Account = FiscalYear['accounts'][number];
export type Journal = FiscalYear['journals'][number];
export type AccountTotal = Schemas['AccountTotalList']['items'][number];
export type Envelope = Schemas['Envelope'];
export type Expectation = Schemas['Expectation'];
export type ExpectationState = Schemas['ExpectationState'];
export type MajorationReason = Schemas['MajorationReason'];
export type Indemnity = Schemas['IndemnityList']['items'][number];
export type IndemnityList = Schemas['IndemnityList'];
export type Proposal = Schemas['YearEnd']['items'][number];
export type ImportKind = Schemas['EntryImport']['kind'];
export type ImportReport = Schemas['EntryImportReport'];
export type LineProblem = Schemas['LineProblem'];
export type Budget = NonNullable<EntryLine['budget']>;
