// Which steps fit a request as it stands. The service decides (attribution.Service.Step); a button that
// it would refuse is not shown.
import type { MTRequest, StepKind } from './kinds';

/** A step a nurse can take: those of the contract, and those of offers. */
export type Action = StepKind | 'propose' | 'answer' | 'withdraw';

export interface Actions {
  /** What comes next, as one key. */
  primary?: Action;
  /** Beside it. */
  near: Action[];
  /** Behind "Autres actions". */
  more: Action[];
}

type Standing = Pick<MTRequest, 'state' | 'erased' | 'duplicates'>;

/** What can be done next with a request. Nothing can once its identity is erased. */
export function actionsOf({ state, erased, duplicates = [] }: Standing): Actions {
  if (erased) return { near: [], more: [] };
  const merge: Action[] = duplicates.length > 0 ? ['merged'] : [];
  const open: Action[] = ['tier_set', ...merge, 'closed', 'erased'];
  switch (state) {
    case 'received':
      return { primary: 'qualified', near: ['noted'], more: open };
    case 'qualified':
    case 'waiting':
      return { primary: 'propose', near: ['noted'], more: open };
    case 'proposed':
      return { primary: 'answer', near: ['patient_declined', 'withdraw', 'noted'], more: open };
    case 'accepted':
      return { primary: 'attached', near: ['appointment', 'patient_declined', 'noted'], more: open };
    case 'attached':
    case 'closed':
      // The end calls for nothing; it can be taken back.
      return { near: ['reopened', 'noted'], more: ['erased'] };
  }
}
