/** Finds secrets by where they stand: assigned to a password, sent in a header, part of an address; or by looking like chance itself. */
import { type Found, matchesOf } from './tokenShapes.ts';

/** Secrets that a name, a header or an address gives away. Linear: every pattern is bounded. */
export function namedIn(text: string): readonly Found[] {
  const inContext = contexts.flatMap(([kind, pattern]) => matchesOf(text, kind, pattern));
  const assigned = assignments.flatMap(([kind, pattern, isSecret]) => {
    return matchesOf(text, kind, pattern).filter((found) => isSecret(text.slice(found.start, found.end)));
  });
  return [...inContext, ...assigned].filter((found) => !isStandIn(text.slice(found.start, found.end)));
}

/** Values in quotes, or after `=` or `:`, that look drawn by chance. */
export function randomIn(text: string): readonly Found[] {
  const candidates = matchesOf(
    text,
    'random-value',
    /(?<=["'`=:]\s{0,3})([A-Za-z0-9+/_-]{24,200}={0,2})(?=["'`\s,;)}\]]|$)/dg,
  );
  if (candidates.length === 0) return [];
  const open = publicArmour(text);
  return candidates.filter(({ start, end }) => {
    const isPublic = /(?:\bh1:|sha\d{1,3}[-:]|ssh-\w{1,20} )$/.test(text.slice(Math.max(0, start - 30), start));
    return (
      !isPublic && looksRandom(text.slice(start, end)) && !open.some((block) => block.start < start && end < block.end)
    );
  });
}

const contexts: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['url-password', /(?<=[a-z0-9]:\/\/[^\s/:@"'`<>]{0,100}):([^\s/@"'`<>]{3,255})@/dgi],
  [
    'authorization',
    /authorization["'\]]{0,3}\s{0,9}[:=,]\s{0,9}["'`]?(?:bearer|basic|token|digest|apikey|negotiate)\s{1,9}([^\s"'`,;]{8,2000})/dgi,
  ],
  ['bearer-token', /\bbearer\s{1,9}((?=[\w.~+/-]{0,60}\d)[\w.~+/-]{20,2000}={0,2})/dgi],
  [
    'connection-password',
    /(?:server|host|data source|endpoint|accountname|user(?: ?id|name)?|uid|database|protocol)\s{0,3}=[^;"'`\n]{1,200};(?:[^"'`\n]{0,300};)?\s{0,3}(?:password|pwd|accountkey|sharedaccesskey)\s{0,3}=\s{0,3}([^;"'`\s]{3,255})/dgi,
  ],
  ['login-password', /\blogin\s{1,9}\S{1,100}\s{1,9}password\s{1,9}(\S{3,255})/dgi],
  ['command-password', /\s(?:-u|--user)[ =]["']?[\w.@-]{1,100}:([^\s"'`$<]{3,255})/dg],
  [
    'command-password',
    /\s--(?:password|passwd|token|secret|api-key)[ =]["']?((?=[^\s"'`]{0,60}\d)[^\s"'`$<]{6,255})/dg,
  ],
];

/** Names whose value is a password, whatever it looks like. */
const passwordName = '(?<!/)pass(?:word|wd|phrase|code)?|pwd|mnemonic|seed[_-]?phrase';
/** Names whose value is a secret when it looks like one. */
const secretName =
  'secret|token|credentials?|auth|(?:api|access|private|auth|encryption|signing|master|shared|account|secret|session|license|service|storage|subscription|webhook)[_-]?key|apikey';
/** What may follow the name: a suffix, a type, and what binds a value to it. */
const binding =
  '(?:[_-]?(?:value|string|base64|b64|hex|prod|dev|test|staging|id|key|\\d{1,3}))?["\'`\\]\\[]{0,3}\\s{0,9}(?::\\s{0,3}[&\\w<>[\\]|]{1,30}\\s{0,3})?(?:[:=!]={0,2}|=>|\\?\\?=|[(>,])?\\s{0,9}';
const quoted = '[a-zA-Z]{0,2}["\'`]([^"\'`\\n]{4,500})';
/** A whole line of an ini, env, properties or YAML file. */
const lineStart = '(?<=^[ \\t]{0,40}(?:export |set |env |arg |- )?[\\w.-]{0,60})';
const unquoted =
  '[_\\w-]{0,20}[ \\t]{0,9}[:=][ \\t]{0,9}([^\\s"\'`,;(){}<>[\\]$#]{4,500})(?=[ \\t]{0,9}(?:#[^\\n]{0,200})?$)';

type Judge = (value: string) => boolean;

const assignments: readonly (readonly [kind: string, pattern: RegExp, isSecret: Judge])[] = [
  ['password', new RegExp(`(?:${passwordName})${binding}${quoted}`, 'dgi'), isPassword],
  [
    'password',
    new RegExp(`${lineStart}(?:${passwordName})${unquoted}`, 'dgim'),
    (value) => /\d/.test(value) && isPassword(value),
  ],
  [
    'password',
    /^(?:export )?[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|TOKEN|API_?KEY)=([^\s"'`$(]{4,500})$/dgm,
    isPassword,
  ],
  ['password', /<(?:password|passwd|pwd|secret|token|apikey)>([^<\n]{4,255})<\//dgi, isPassword],
  ['secret', new RegExp(`(?:${secretName})${binding}${quoted}`, 'dgi'), isSecretValue],
  ['secret', new RegExp(`${lineStart}(?:${secretName})${unquoted}`, 'dgim'), isSecretValue],
];

/** Not a label, an identifier or a sentence. */
function isPassword(value: string): boolean {
  if (/\s/.test(value)) return /^[a-z]+(?: [a-z]+){7,23}$/.test(value);
  return !/^[A-Za-z_.:/-]+$/.test(value) || !labels.test(value);
}

const labels =
  /pass|pwd|secret|token|key|auth|cred|user|login|field|input|text|string|bearer|basic|hidden|required|invalid|missing|error|type|name|value|form|none|null|true|false|default|prompt|optional|unknown|number|boolean|object|plain|hash|crypt|argon|sha|show|hide|reset|forgot|confirm|new|old|current|label|html|this|self|string|^[a-z]{1,5}$|^[A-Z][a-z]+[A-Z]|^[./]|:\/\//i;

/** Digits and letters in a length that no word has. */
function isSecretValue(value: string): boolean {
  if (value.length < 12 || /\s/.test(value) || /^[./~]|:\/\/|^[A-Za-z-]+$/.test(value)) return false;
  if (!/[A-Za-z]/.test(value) || !/\d/.test(value)) return false;
  return value.replace(/\D/g, '').length >= 3 || (value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value));
}

/** What people write where the secret will be. */
function isStandIn(value: string): boolean {
  return (
    /^(?:\$[{(A-Z_a-z]|\{\{?|<|%[({\w]|\*{3}|\.{3}|…|\[secret:|your[-_ ]|process\.env|os\.|env[.[(])/i.test(value) ||
    /^(?:password|passwd|pass|secret|token|changeme|placeholder|redacted|example|null|none|nil|undefined|true|false|todo|string|xxx+|(.)\1+)$/i.test(
      value,
    )
  );
}

/** Letters of both cases and digits change places more often than in any name. */
function looksRandom(value: string): boolean {
  if (/^[0-9a-f-]+$/i.test(value) || isReadable(value)) return false;
  const counts = [/\d/g, /[a-z]/g, /[A-Z]/g].map((pattern) => value.match(pattern)?.length ?? 0);
  if (counts.some((count) => count < 3)) return false;
  const changes = value.match(/(?<=[a-z])[^a-z]|(?<=[A-Z])[^A-Za-z]|(?<=\d)\D/g)?.length ?? 0;
  return changes / value.length >= 0.33 && !/[a-z]{7}|[A-Z]{7}/.test(value);
}

/** Base64 of text: it is decoded and searched on its own. */
function isReadable(value: string): boolean {
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  return (decoded.match(/[\n\r\t\x20-\x7e]/g)?.length ?? 0) >= decoded.length * 0.95;
}

/** Certificates and public keys. */
function publicArmour(text: string): readonly { readonly start: number; readonly end: number }[] {
  const blocks = text.matchAll(
    /-----BEGIN (?:CERTIFICATE|[A-Z ]{0,20}PUBLIC KEY|[A-Z0-9 ]{0,20}REQUEST)[^-]{0,20}-----[^-]{0,20000}-----END/g,
  );
  return [...blocks].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
