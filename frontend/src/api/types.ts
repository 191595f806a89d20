// Short names for what the contract (internal/web/openapi.yaml) defines.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Role = Schemas['Role'];
export type Territory = Schemas['Territory'];
export type Commune = Schemas['Commune'];
export type Practitioner = Schemas['Practitioner'];
export type Location = Schemas['Location'];
export type NewOpening = Schemas['NewOpening'];
export type Opening = Schemas['Opening'];
export type Modality = Schemas['Modality'];
export type Audience = Schemas['Audience'];
export type Slot = Schemas['Slot'];
export type HeldSeat = Schemas['HeldSeat'];
export type Rank = Schemas['Rank'];
export type Patient = Schemas['Patient'];
export type MedecinTraitant = Schemas['MedecinTraitant'];
export type Case = Schemas['Case'];
export type NewCase = Schemas['NewCase'];
export type CaseOutcome = Schemas['CaseOutcome'];
export type Hold = Schemas['Hold'];
export type Booking = Schemas['Booking'];
export type Feed = Schemas['Feed'];
export type FillReport = Schemas['FillReport'];
export type FillRow = Schemas['FillRow'];
export type FillGrouping = Schemas['FillGrouping'];
export type Reason = Schemas['Reason'];
export type LiveFrame = Schemas['LiveFrame'];
export type LiveCommand = Schemas['LiveCommand'];
export type LiveNotice = Schemas['LiveNotice'];
export type Presence = Schemas['Presence'];
export type ProblemBody = Schemas['Problem'];
