/** Which service a credential may be sent to (S1): a client with another address does not get it silently. */
import { misconfigured } from '../misconfigured.ts';

const firstOrigins = new WeakMap<object, string>();

/**
 * Allows a source for its own audience, or for the origin of the first client that uses it.
 * @throws ClaudeError of kind `configuration` that names both.
 */
export function bindToOrigin(source: object, audience: string | readonly string[] | undefined, origin: string): void {
  const allowed = audience ?? firstOrigins.get(source) ?? origin;
  requireAudience(allowed, origin, 'These credentials are');
  if (audience === undefined) firstOrigins.set(source, origin);
}

/**
 * @param named What the audience belongs to, as the beginning of a sentence: `The profile "work" is`.
 * @throws ClaudeError of kind `configuration` that names both.
 */
export function requireAudience(audience: string | readonly string[], origin: string, named: string): void {
  const allowed = [audience].flat().map(originOf);
  if (allowed.includes(origin)) return;
  throw misconfigured(
    'baseURL',
    `${named} meant for ${allowed.join(', ')}, and this client talks to ${origin}: nothing was sent. ` +
      'Give the right baseURL, or name this address in the audience of the credentials if it may have them.',
  );
}

function originOf(text: string): string {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')) return url.origin;
  throw misconfigured('credentials', 'An audience of the credentials is not a URL. Write it like https://example.org.');
}
