// Short names for what the contract of the books defines.
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Contract = Schemas['FundingContract'];
export type ContractView = Schemas['FundingContractView'];
export type Schedule = Schemas['FundingSchedule'];
export type ScheduleLine = Schemas['FundingScheduleLine'];
export type Scheme = Schemas['MajorationScheme'];
export type Calendar = Schemas['FundingCalendar'];
export type Payment = Schemas['FundingPayment'];
export type Deadline = Calendar['deadlines'][number];
export type Decision = Schemas['FundingDecision'];
export type Envelope = Schemas['Envelope'];
export type FiscalYear = Schemas['FiscalYear'];
export type BudgetView = Schemas['BudgetView'];
export type BudgetLine = Schemas['BudgetLine'];
export type NewBudgetLine = Schemas['NewBudgetLine'];
export type Receipt = Schemas['Receipt'];
export type Expectation = Schemas['Expectation'];
export type Entry = Schemas['Entry'];
