/** How one request of a chat panel is answered. */
import type { RequestSpec } from '#shared/request.ts';

/** `params` are what the schema of `spec` has made. */
export interface PanelAnswer {
  readonly spec: RequestSpec<unknown, unknown>;
  act(params: unknown, signal: AbortSignal): Promise<unknown>;
}

export function panelAnswer<Params, Result>(
  spec: RequestSpec<Params, Result>,
  act: (params: Params, signal: AbortSignal) => Promise<Result>,
): PanelAnswer {
  // The table is mixed; the schemas of `spec` make sure that each answer gets its own types.
  return { spec, act } as unknown as PanelAnswer;
}
