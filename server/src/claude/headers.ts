/** Header values that can be sent: nothing that could end a line, and nothing that frames the request. */
import { ClaudeError } from './errors.ts';

/** What the connection itself decides. */
const framing: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'accept-encoding',
  'proxy-authorization',
  'proxy-connection',
]);

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * The headers with lower-case names.
 * @throws ClaudeError of kind `configuration` that names the header, never its value.
 */
export function checkedHeaders(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [given, value] of Object.entries(headers ?? {})) {
    const name = given.toLowerCase();
    const problem = problemOf(name, value);
    if (problem !== undefined)
      throw new ClaudeError('configuration', `The header ${JSON.stringify(given.slice(0, 100))} ${problem}`, {
        stage: 'settings',
        field: 'headers',
      });
    checked[name] = value;
  }
  return checked;
}

/** Whether a text can stand in a header as it is: visible characters, blanks inside. */
export function isHeaderSafe(value: string): boolean {
  return /^[\x21-\x7e\x80-\xff]([\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/.test(value);
}

/** The names in values of `anthropic-beta`, each once, in their order. */
export function betaNames(...values: readonly string[]): readonly string[] {
  const names = values.flatMap((value) => value.split(',')).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** The header for such names: some gateways stumble over blanks after the commas. */
export function betaHeader(names: readonly string[]): Record<string, string> {
  return names.length === 0 ? {} : checkedHeaders({ 'anthropic-beta': names.join(',') });
}

/** Headers of requests and answers that hold neither secrets nor anything personal. */
const harmless =
  /^(anthropic-(version|beta|(ratelimit|priority|fast)-.*)|user-agent|accept|content-(type|length|encoding)|date|request-id|retry-after(-ms)?|x-should-retry|server|via|cf-ray)$/;

/** The headers that may be shown: all others are left out, whatever they are called. */
export function harmlessHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmless.test(name)));
}

/** Headers with those that come later winning; only what credentials need of `anthropic-beta` is added to the others'. */
export function joinHeaders(
  credentials: Readonly<Record<string, string>>,
  ...others: readonly (Readonly<Record<string, string>> | undefined)[]
): Record<string, string> {
  const joined: Record<string, string> = Object.assign({}, credentials, ...others);
  const added = credentials['anthropic-beta'];
  return added === undefined ? joined : { ...joined, ...betaHeader(betaNames(joined['anthropic-beta'] ?? '', added)) };
}

function problemOf(name: string, value: unknown): string | undefined {
  if (!token.test(name) || name === '__proto__')
    return 'has a name that cannot be sent. Use letters, digits and hyphens.';
  if (framing.has(name)) return 'is set by the client itself. Leave it out.';
  if (typeof value !== 'string') return 'has a value that is not text.';
  if (value !== '' && !isHeaderSafe(value))
    return 'has a value with line breaks, control or other characters that cannot be sent. Remove them.';
  return undefined;
}
