// Short names for the indicators of the contract (internal/web/openapi.yaml).
import type { components } from '../api/schema';

type Schemas = components['schemas'];

export type FillReport = Schemas['FillReport'];
export type FillRow = Schemas['FillRow'];
export type FillGrouping = Schemas['FillGrouping'];
export type UnmetReport = Schemas['UnmetReport'];
export type UnmetRow = Schemas['UnmetRow'];
export type WhyKind = Schemas['WhyKind'];
export type CallReport = Schemas['CallReport'];
export type CallRow = Schemas['CallRow'];
export type WeekReport = Schemas['WeekReport'];
export type WeekRow = Schemas['WeekRow'];
export type CoverReport = Schemas['CoverReport'];
export type CoverDay = Schemas['CoverDay'];
export type CoverPart = Schemas['CoverPart'];

/** What every report says of itself: its days, and whether its figures are simulated. */
export interface Said {
  from: string;
  to: string;
  simulated: boolean;
}
