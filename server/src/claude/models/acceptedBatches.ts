/** Which requests a batch accepts, to the compiler: each of a literal list is judged on its own. */
import type { Drafts, Problem } from './accepted.ts';
import type { Refused, Within } from './acceptedProblem.ts';

/** One request of a batch, before it is judged. */
export interface DraftBatchRequest {
  readonly custom_id: string;
  readonly params: Drafts['batch'];
}

/** Requests of a batch; lists that are only known at run time are judged when they are sent. */
export type AcceptedBatches<Requests> = [ListProblem<Requests>] extends [never]
  ? Requests
  : Refused<Requests, ListProblem<Requests>>;

type ListProblem<Requests> = Requests extends readonly unknown[]
  ? number extends Requests['length']
    ? never
    : {
        [Index in keyof Requests]: Requests[Index] extends { readonly params: infer Params }
          ? Within<[Index & string, 'params'], Problem<Params, 'batch'>>
          : never;
      }[number]
  : never;
