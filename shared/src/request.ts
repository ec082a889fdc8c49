/** How one end of the wire asks the other: a method's name, and the schemas of what goes in, comes back, and comes on the way. */
import type * as z from 'zod';

export interface RequestSpec<Params = unknown, Result = unknown, Chunk = never> {
  readonly method: `gloss/${string}`;
  readonly params: z.ZodType<Params>;
  readonly result: z.ZodType<Result>;
  /** What `$/progress` carries under the request's `partialResultToken`. */
  readonly chunk?: z.ZodType<Chunk>;
  /** One line for docs/protocol.md. */
  readonly summary: string;
  readonly from: 'client' | 'server';
}

export interface NotificationSpec<Params = unknown> {
  readonly method: `gloss/${string}`;
  readonly params: z.ZodType<Params>;
  readonly summary: string;
  readonly from: 'client' | 'server';
}

export function request<Params, Result, Chunk = never>(
  spec: RequestSpec<Params, Result, Chunk>,
): RequestSpec<Params, Result, Chunk> {
  return spec;
}

export function notification<Params>(spec: NotificationSpec<Params>): NotificationSpec<Params> {
  return spec;
}
