/** The feature Explain: its name and its requests. What answers them is loaded when it is asked for. */
import { explainRequest } from '#shared/explain.ts';
import { annotateRequest } from '#shared/explanations.ts';
import { type Feature, route } from '../../feature.ts';

export const explain: Feature = {
  name: 'explain',
  routes: [
    route(explainRequest, async (context, params, emit) =>
      (await import('./run.ts')).runExplain(context, params, emit),
    ),
    route(annotateRequest, async (context, params) => (await import('./notes.ts')).runAnnotate(context, params)),
  ],
};
