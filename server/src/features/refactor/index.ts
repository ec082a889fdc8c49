/** The feature Refactor: its requests. What answers them is loaded when it is asked for. */
import { decideRequest, editRequest } from '#shared/edits.ts';
import { type Feature, route } from '../../feature.ts';

export const refactor: Feature = {
  name: 'refactor',
  routes: [
    route(
      editRequest,
      async (context, params) => (await (await import('./run.ts')).runEdit(context, params, false)).result,
    ),
    route(decideRequest, ({ ledger }, params) => ledger.settle(params)),
  ],
};
