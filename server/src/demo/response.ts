/** What the demo backend answers with, before it is put on the wire. */
import type { DemoAnswer } from './events.ts';
import type { DemoRequest, Fault, Scenario } from './scenario.ts';

export type Response =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'html'; readonly body: string }
  /** Sent piece by piece, as fast as they are taken. */
  | {
      readonly kind: 'bytes';
      readonly headers: Readonly<Record<string, string>>;
      readonly pieces: Iterable<string | Uint8Array>;
    }
  | { readonly kind: 'stream'; readonly answer: DemoAnswer };

/** A request that has found its route. */
export interface Routed {
  readonly request: DemoRequest;
  /** What the groups of the route's path matched, decoded. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  /** Of a form; undefined for what is none. */
  readonly form: readonly FormPart[] | undefined;
  readonly scenario: Scenario | undefined;
}

/** A part of a form: text, or a file. */
export interface FormPart {
  readonly name: string;
  readonly filename: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** One endpoint. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  answer(routed: Routed): Response;
}

export function json(body: unknown): Response {
  return { kind: 'json', status: 200, body };
}

export function failed({ status, type, message, details, headers }: Fault): Response {
  const error = {
    type,
    message: message ?? `The demo was told to answer with status ${status}.`,
    ...(details === undefined ? {} : { details }),
  };
  return { kind: 'json', status, body: { type: 'error', error }, ...(headers === undefined ? {} : { headers }) };
}

export function invalid(message: string, errorCode?: string): Response {
  const details = errorCode === undefined ? {} : { details: { error_code: errorCode } };
  return failed({ status: 400, type: 'invalid_request_error', message, ...details });
}

export function notFound(what: string): Response {
  return failed({ status: 404, type: 'not_found_error', message: `Not found: ${what}` });
}
