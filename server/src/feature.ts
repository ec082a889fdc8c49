/** What a feature is: a name, and the requests it answers. */
import type { RequestSpec } from '#shared/request.ts';
import type { Context } from './ports.ts';

/** Answers a request; `emit` sends what comes on the way. */
export type Handler<Params, Result, Chunk> = (
  context: Context,
  params: Params,
  emit: (chunk: Chunk) => void,
) => Promise<Result>;

export interface Route {
  readonly spec: RequestSpec<unknown, unknown, unknown>;
  readonly handle: Handler<unknown, unknown, unknown>;
}

export interface Feature {
  readonly name: string;
  readonly routes: readonly Route[];
}

export function route<Params, Result, Chunk>(
  spec: RequestSpec<Params, Result, Chunk>,
  handle: Handler<Params, Result, Chunk>,
): Route {
  // The list of routes is mixed; the schemas of `spec` make sure that each handler gets its own types.
  return { spec, handle } as unknown as Route;
}
