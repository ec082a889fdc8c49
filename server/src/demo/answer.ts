/** Who is answered by the demo backend, and by which endpoint. */
import { type FormPart, failed, notFound, type Response, type Route } from './response.ts';
import type { DemoRequest, Fault, Scenario } from './scenario.ts';

export interface Circumstances {
  readonly key: string;
  readonly routes: readonly Route[];
  readonly tooLarge: boolean;
  readonly form: readonly FormPart[] | undefined;
  readonly scenario: Scenario | undefined;
}

export function answerTo(request: DemoRequest, circumstances: Circumstances): Response {
  const { key, tooLarge, scenario } = circumstances;
  if (!isLoopbackHost(request.headers['host']))
    return failed({ status: 403, type: 'permission_error', message: 'Only requests to this machine are answered.' });
  if (keyOf(request) !== key)
    return failed(scenario?.error ?? { status: 401, type: 'authentication_error', message: 'invalid x-api-key' });
  if (scenario?.error !== undefined) return failed(scenario.error);
  if (scenario?.html !== undefined) return { kind: 'html', body: scenario.html };
  if (tooLarge) return failed({ status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' });
  return routed(request, circumstances);
}

function routed(request: DemoRequest, { routes, form, scenario }: Circumstances): Response {
  const here = routes.filter(({ path }) => path.test(request.path));
  if (here.length === 0) return notFound(request.path);
  const route = here.find(({ method }) => method === request.method);
  if (route === undefined)
    return failed({ ...notAllowed, headers: { allow: here.map(({ method }) => method).join(', ') } });
  const parts = (route.path.exec(request.path) ?? []).slice(1).map(decoded);
  return route.answer({ request, parts, query: new URLSearchParams(request.query), form, scenario });
}

const notAllowed: Fault = { status: 405, type: 'invalid_request_error', message: 'Method not allowed' };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign: there is nothing of that name.
    return part;
  }
}

function keyOf({ headers }: DemoRequest): string | undefined {
  const given = headers['x-api-key'] ?? headers['authorization'];
  return typeof given === 'string' ? given.replace(/^Bearer /i, '') : undefined;
}

/** A page in a browser that resolves its own name to this machine is not let in. */
function isLoopbackHost(host: unknown): boolean {
  return typeof host === 'string' && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}
