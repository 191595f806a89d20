// Short names for what the contract (internal/web/openapi.yaml) says of requests for a médecin traitant.
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type MTRequest = Schemas['MTRequest'];
export type MTState = Schemas['MTState'];
export type MTEvent = Schemas['MTEvent'];
export type EventKind = Schemas['MTEventKind'];
export type Step = Schemas['MTStep'];
export type StepKind = Step['kind'];
export type Criterion = Schemas['MTCriterion'];
export type DeclaredCriterion = Schemas['MTDeclaredCriterion'];
export type Origin = Schemas['MTOrigin'];
export type ClosedReason = Schemas['MTClosedReason'];
export type GivenReason = NonNullable<Step['reason']>;
export type DeclineReason = Schemas['MTDeclineReason'];
export type NewRequest = Schemas['NewMTRequest'];
export type RequestChange = Schemas['MTRequestChange'];
export type Choice = Schemas['MTChoice'];
export type Hurdle = Schemas['MTHurdle'];
export type Offer = Schemas['MTOffer'];
export type OfferState = Schemas['MTOfferState'];
export type Answer = Schemas['MTAnswer'];
export type ImportReport = Schemas['MTImportReport'];
export type LineProblem = Schemas['LineProblem'];
