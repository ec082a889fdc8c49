/** Which requests go through the proxy, and how it is spoken to. */
import { ClaudeError } from '../errors.ts';

export interface ProxyAddress {
  /** Without user and password. */
  readonly origin: string;
  readonly host: string;
  /** The value of `proxy-authorization`. */
  readonly authorization: string | undefined;
}

/** @throws ClaudeError of kind `configuration`; the password is never in it. */
export function proxyOf(text: string): ProxyAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.host === '')
    throw unusable('is not a URL. Write it like http://proxy.example.org:8080.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw unusable(`uses ${url.protocol}, which is not supported. Use an http: or https: proxy.`);
  return { origin: url.origin, host: url.host, authorization: authorizationOf(url) };
}

function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  try {
    return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  } catch {
    throw unusable('has a user name or password with a stray "%". Write it as "%25".');
  }
}

function unusable(problem: string): ClaudeError {
  return new ClaudeError('configuration', `The proxy in the settings ${problem}`, {
    stage: 'settings',
    field: 'proxy',
  });
}

/**
 * Whether an origin is to be reached without the proxy. An entry is a host and all below it (`example.org`,
 * `.example.org`, `*.example.org`), an address, a range of IPv4 addresses (`10.0.0.0/8`), or `*`; each may end in
 * a port.
 */
export function isDirect(origin: string, noProxy: readonly string[]): boolean {
  const url = new URL(origin);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return noProxy.some((entry) => matches(entry.trim().toLowerCase(), host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const [, bracketed, plain, entryPort] = /^(?:\[(.*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? [];
  const name = bracketed ?? plain ?? entry;
  if (entryPort !== undefined && entryPort !== port) return false;
  if (name.includes('/')) return inRange(host, name);
  const suffix = name.replace(/^\*?\./, '');
  return host === suffix || (!isAddress(host) && host.endsWith(`.${suffix}`));
}

function inRange(host: string, range: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const [address, base] = [numberOf(host), numberOf(network)];
  if (address === undefined || base === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(base / size);
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (parts.length !== 4 || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Whether a host is an address, not a name: it needs no lookup. */
export function isAddress(host: string): boolean {
  return host.includes(':') || numberOf(host) !== undefined;
}
