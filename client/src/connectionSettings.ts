/** Turns what stands in the user's settings into a connection: a bad value falls back, and a sentence says so. */
import type { Connection } from '#shared/connection.ts';
import type { Words } from './words.ts';

export const defaultBaseUrl = 'https://api.anthropic.com';

/** User-level values as they are written, of any type. */
export interface RawSettings {
  readonly baseUrl?: unknown;
  readonly extraCaCertificates?: unknown;
  readonly headers?: unknown;
  readonly proxy?: unknown;
  /** VS Code's own `http.proxy`, `http.noProxy`, `http.proxySupport`. */
  readonly editorProxy?: unknown;
  readonly editorNoProxy?: unknown;
  readonly editorProxySupport?: unknown;
}

export interface ConnectionSettings extends Pick<Connection, 'baseUrl' | 'proxy' | 'noProxy' | 'caFile' | 'headers'> {
  /** What was wrong, one sentence each, for the person. Never a value: it may hold a secret. */
  readonly problems: readonly string[];
}

export function connectionSettings(raw: RawSettings, words: Words): ConnectionSettings {
  const problems: string[] = [];
  const text = (setting: string, value: unknown, longest: number): string | undefined => {
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string' && value.length <= longest && !hasControl(value)) return value.trim() || undefined;
    problems.push(words.t('The setting {0} is not a plain text. It is not used.', setting));
    return undefined;
  };
  const caFile = absolutePath(text('gloss.extraCaCertificates', raw.extraCaCertificates, 4096), problems, words);
  const proxy = text('gloss.proxy', raw.proxy, 2048) ?? editorProxy(raw, text);
  const noProxy = noProxyOf(raw);
  return {
    baseUrl: text('gloss.baseUrl', raw.baseUrl, 2048) ?? defaultBaseUrl,
    headers: headersOf(raw.headers, problems, words),
    ...(proxy === undefined ? {} : { proxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
    ...(caFile === undefined ? {} : { caFile }),
    problems,
  };
}

/** The origin that a key is bound to; undefined where the endpoint is not a web address. */
export function originOf(baseUrl: string): string | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { protocol, origin } = new URL(baseUrl);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}

function editorProxy(
  raw: RawSettings,
  text: (setting: string, value: unknown, longest: number) => string | undefined,
): string | undefined {
  return raw.editorProxySupport === 'off' ? undefined : text('http.proxy', raw.editorProxy, 2048);
}

function noProxyOf({ editorNoProxy }: RawSettings): string[] | undefined {
  if (!Array.isArray(editorNoProxy)) return undefined;
  const hosts = editorNoProxy.filter((host) => typeof host === 'string' && host !== '' && host.length <= 256);
  return hosts.length === 0 ? undefined : hosts.slice(0, 256);
}

function absolutePath(path: string | undefined, problems: string[], words: Words): string | undefined {
  if (path === undefined || /^(\/|[A-Za-z]:[\\/])/.test(path)) return path;
  problems.push(words.t('The setting {0} is not an absolute path. It is not used.', 'gloss.extraCaCertificates'));
  return undefined;
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;
// The client sets these itself; another value would break the request or replace the key that was checked.
const ownHeaders: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'x-api-key',
  'authorization',
]);

function headersOf(value: unknown, problems: string[], words: Words): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    problems.push(words.t('The setting {0} is not a list of names and values. It is not used.', 'gloss.headers'));
    return {};
  }
  const entries = Object.entries(value).filter(([name, text]) => {
    const good = isHeader(name, text);
    if (!good)
      problems.push(
        words.t('The header {0} in the setting gloss.headers cannot be sent. It is left out.', name.slice(0, 80)),
      );
    return good;
  });
  return Object.fromEntries(entries);
}

function isHeader(name: string, value: unknown): boolean {
  if (!headerName.test(name) || ownHeaders.has(name.toLowerCase())) return false;
  return typeof value === 'string' && value.length <= 8192 && /^[\t\x20-\x7e]*$/.test(value);
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
