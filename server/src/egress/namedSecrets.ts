/** Finds secrets by the name that they are given: passwords whatever they look like, keys and tokens that look like one. */
import { isStandIn } from './secretValues.ts';
import { type Found, matchesOf } from './tokenShapes.ts';

/** Values bound to the name of a secret, in code, data and settings. Linear: every pattern is bounded. */
export function namedIn(text: string): readonly Found[] {
  return rules.flatMap(([kind, pattern, isSecret]) => {
    return matchesOf(text, kind, pattern).filter(({ start, end }) => {
      const value = text.slice(start, end);
      return isSecret(value) && !isStandIn(value);
    });
  });
}

/** `api key` → `api_key`, `apiKey`, `ApiKey`, `API-KEY`, … */
function spelled(names: string): string {
  return names
    .split(', ')
    .flatMap((name) => {
      const words = name.split(' ');
      const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      const camel = [words[0], ...capital.slice(1)].join('');
      return [words.join('[_-]?'), camel, capital.join('[_-]?'), name.toUpperCase().replaceAll(' ', '[_-]?')];
    })
    .join('|');
}

/** Names whose value is a password; the short ones only as words of their own. */
const passwords = `${spelled('password, passwd, pass phrase, pass code, mnemonic, seed phrase')}|(?<![A-Za-z])(?:pass|pwd)(?![a-z])|(?:Pass|Pwd)(?![a-z])|(?:PASS|PWD)(?![A-Z])`;
/** Names whose value is a secret when it looks like one. */
const secrets = spelled(
  'secret, token, credential, credentials, auth, apikey, api key, access key, private key, auth key, encryption key, signing key, master key, shared key, account key, secret key, session key, license key, service key, storage key, subscription key, webhook key, key base',
);
const ending =
  '(?:[_-]?(?:[Vv]alue|[Ss]tring|[Bb]ase64|[Bb]64|[Hh]ex|prod|dev|test|staging|[Ii]d|ID|[Kk]ey|KEY|\\d{1,3}))?';
const type = '(?::\\s{0,3}[&\\w<>[\\]|]{1,30}\\s{0,3})?';
const quoted = '[a-zA-Z]{0,2}(?<quote>["\'`])(?<secret>(?:(?!\\k<quote>)[^\\n\\\\]|\\\\.){4,500})';
const bound = (name: string, operators: string) =>
  `(?<!/)(?:${name})${ending}(?:["'\`\\]\\[]{0,3}\\s{0,9}${type}(?:${operators})\\s{0,9}|\\s{1,9})${quoted}`;
/** A whole line of a settings file, also of one within a string. */
const line = (name: string) =>
  `(?<=(?:^|["'\`])[ \\t]{0,40}(?:[Ee]xport |[Ss]et |ENV |ARG |- )?[\\w.-]{0,60})(?:${name})[\\w-]{0,20}[ \\t]{0,9}[:=][ \\t]{0,9}(?<secret>[^\\s"'\`,;(){}<>[\\]$#]{4,500})(?=[ \\t]{0,9}(?:#[^\\n]{0,200})?(?:$|["'\`]))`;

type Rule = readonly [kind: string, pattern: RegExp, isSecret: (value: string) => boolean];

const rules: readonly Rule[] = [
  ['password', new RegExp(bound(passwords, '[:=!]={0,2}|=>|\\?\\?=|\\('), 'dg'), isPassword],
  [
    'password',
    new RegExp(line(passwords), 'dgm'),
    (value) => /\d/.test(value) && !isExpression(value) && isPassword(value),
  ],
  // Without blanks around the sign it is no code.
  [
    'password',
    new RegExp(`(?<=^|["'\`])[\\w.-]{0,60}(?:${passwords})=(?<secret>[^\\s"'\`$(,;]{4,500})(?=$|["'\`])`, 'dgm'),
    isPassword,
  ],
  // Nor is it with dots in its name, wherever on a line it stands.
  [
    'password',
    new RegExp(
      `(?<=^|[\\s"'\`+])[\\w-]{1,40}\\.[\\w.-]{0,60}(?:${passwords})=(?<secret>[^\\s"'\`$(,;]{4,500})(?=$|[\\s"'\`])`,
      'dgm',
    ),
    isPassword,
  ],
  [
    'password',
    /(?<=^|[\s"'`;+-])[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|TOKEN)=(?<secret>[^\s"'`$(,;&]{4,500})(?=$|[\s"'`;&])/dgm,
    isPassword,
  ],
  ['password', /<(?:password|passwd|pwd|secret|token|apikey)>(?<secret>[^<\n]{4,255})<\//dgi, isPassword],
  ['secret', new RegExp(bound(secrets, '[:=!]={0,2}|=>|\\?\\?=|[(,]'), 'dg'), isSecretValue],
  ['secret', new RegExp(line(secrets), 'dgm'), (value) => !isExpression(value) && isSecretValue(value)],
];

/** Not a label, an identifier, a version or a sentence; a row of a dozen plain words is a recovery phrase. */
function isPassword(value: string): boolean {
  if (/\s/.test(value)) return /^[a-z]+(?: [a-z]+){11,23}$/.test(value);
  if (/^[\^~<>=v]*\d+(?:\.\d+)+/.test(value) || /^\p{Lu}?\p{Ll}{0,5}$|^\p{Lu}\p{Ll}+$/u.test(value)) return false;
  return !/^[A-Za-z_.:/#[\]="'()>*-]+$/.test(value) || !isLabel(value);
}

/** Made of words that name things on a form or in a program. */
function isLabel(value: string): boolean {
  if (/^[./#]|:\/\//.test(value)) return true;
  const words = value.split(/(?<=[a-z])(?=[A-Z])|[^A-Za-z]+/).map((word) => word.toLowerCase());
  return words.some((word) => labels.has(word) || /^(?:pass|pwd|secret|token|auth|cred|login|user|key)/.test(word));
}

const labels: ReadonlySet<string> = new Set(
  'field input text string bearer basic hidden required invalid missing error type name value form none null true false default prompt optional unknown number boolean object plain hash bcrypt crypt argon sha show hide reset forgot confirm new old current label html this self change update create get set is has empty short long weak strong mismatch match email phone code button screen page view'.split(
    ' ',
  ),
);

/** Letters and digits in a length that no word has. */
function isSecretValue(value: string): boolean {
  if (value.length < 12 || /\s|^[./~]|:\/\//.test(value)) return false;
  if (!/[A-Za-z]/.test(value) || !/\d/.test(value)) return false;
  return value.replace(/\D/g, '').length >= 3 || (value.length >= 20 && /[a-z]/.test(value) && /[A-Z]/.test(value));
}

/** `user.token1`: code, not a value. */
function isExpression(value: string): boolean {
  return /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value);
}
