/** Finds secrets by where they stand: sent in a header, part of an address, handed to a command. */
import { type Found, matchesOf } from './tokenShapes.ts';

/** Secrets that a header, an address or a command gives away. Linear: every pattern is bounded. */
export function placedIn(text: string): readonly Found[] {
  const found = contexts.flatMap(([kind, pattern]) => matchesOf(text, kind, pattern));
  return found.filter(({ start, end }) => !isStandIn(text.slice(start, end)));
}

const contexts: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['url-password', /(?<=[a-z0-9]:\/\/[^\s/:@"'`<>]{0,100}):(?<secret>[^\s/"'`<>]{3,255})@/dgi],
  [
    'authorization',
    /authorization["'\]]{0,3}\s{0,9}[:=,]\s{0,9}["'`]?(?:bearer|basic|token|digest|apikey|negotiate)\s{1,9}(?<secret>[^\s"'`,;]{8,2000})/dgi,
  ],
  [
    'authorization',
    /\b(?:x-api-key|x-auth-token|api-key)["'\]]{0,3}\s{0,9}[:=,]\s{0,9}["'`]?(?<secret>(?=[^\s"'`,;]{0,100}\d)[^\s"'`,;]{8,2000})/dgi,
  ],
  ['bearer-token', /\bbearer\s{1,9}(?<secret>(?=[\w.~+/-]{0,60}\d)[\w.~+/-]{20,2000}={0,2})/dgi],
  [
    'query-secret',
    /[?&](?:api_?key|key|token|access_token|refresh_token|id_token|signature|x-amz-signature|secret|client_secret|password|auth)=(?<secret>(?=[^\s&"'`]{0,60}\d)[\w%.~+/-]{12,2000})/dgi,
  ],
  [
    'connection-password',
    /(?:server|host|data source|endpoint|accountname|user(?: ?id|name)?|uid|database|protocol)\s{0,3}=[^;"'`\n]{1,200};(?:[^"'`\n]{0,300};)?\s{0,3}(?:password|pwd|accountkey|sharedaccesskey)\s{0,3}=\s{0,3}(?<secret>[^;"'`\s]{3,255})/dgi,
  ],
  ['login-password', /\blogin\s{1,9}\S{1,100}\s{1,9}password\s{1,9}(?<secret>\S{3,255})/dgi],
  ['command-password', /\s(?:-u|--user)[ =]["']?[\w.@-]{1,100}:(?<secret>[^\s"'`$<]{3,255})/dg],
  [
    'command-password',
    /\s--(?:password|passwd|token|secret|api-key)[ =]["']?(?<secret>(?=[^\s"'`]{0,60}\d)[^\s"'`$<]{6,255})/dg,
  ],
];

/** What people write where the secret will be. */
export function isStandIn(value: string): boolean {
  return (
    /\$\{|^(?:\$[(A-Z_a-z]|\{\{?|<|%[({\w]|\*{3}|\.{3}|…|\[secret:|your[-_ ]|process\.env|os\.|env[.[(])/i.test(
      value,
    ) ||
    /^(?:password|passwd|pass|secret|token|changeme|placeholder|redacted|example|null|none|nil|undefined|true|false|todo|string|(.)\1+)$/i.test(
      value,
    )
  );
}
