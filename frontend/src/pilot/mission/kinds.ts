// Short names for the mission's part of the contract (internal/web/openapi.yaml).
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Objective = Schemas['Objective'];
export type NewObjective = Schemas['NewObjective'];
export type ObjectiveTarget = Schemas['ObjectiveTarget'];
export type ObjectiveYear = Schemas['ObjectiveYear'];
export type Observation = Schemas['Observation'];
export type Evidence = Schemas['Evidence'];
export type Series = Schemas['ObjectiveSeries'];
export type Dialogue = Schemas['Dialogue'];
export type DialogueMission = Dialogue['missions'][number];
export type Payment = Schemas['FundingPayment'];
export type Unit = Objective['unit'];
export type Direction = Objective['direction'];
