/** The feature Explain: its name and its request. What answers it is loaded when it is asked for. */
import { explainRequest } from '#shared/explain.ts';
import { type Feature, route } from '../../feature.ts';

export const explain: Feature = {
  name: 'explain',
  routes: [
    route(explainRequest, async (context, params, emit) =>
      (await import('./run.ts')).runExplain(context, params, emit),
    ),
  ],
};
