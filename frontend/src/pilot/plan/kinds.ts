// Short names for what the contract (internal/web/openapi.yaml) says of plans, places and follow-up.
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Plan = Schemas['MTPlan'];
export type Proposal = Schemas['MTProposal'];
export type Unserved = Schemas['MTUnserved'];
export type Summary = Schemas['MTSummary'];
export type Choice = Schemas['MTChoice'];
export type Hurdle = Schemas['MTHurdle'];
export type Sent = Schemas['MTSent'];
export type RequestState = Schemas['MTState'];
export type Criterion = Schemas['MTCriterion'];
export type Capacity = Schemas['MTCapacity'];
export type Report = Schemas['AttributionReport'];
export type Tier = Schemas['AttributionTier'];
export type Month = Schemas['AttributionMonth'];
export type CommuneRow = Schemas['AttributionCommune'];
export type Figure = Schemas['DeclaredFigure'];
export type FigureKind = Schemas['DeclaredFigureKind'];
