/** Secrets of every kind that exist only here, as they stand in files, and the ways to write them otherwise. */

/** A secret: what must not leave, and a piece of a file that holds it. */
export interface Canary {
  readonly kind: string;
  readonly secret: string;
  readonly snippet: string;
}

type Random = () => number;

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const alphanumeric = lower + lower.toUpperCase() + digits;
const base64 = `${alphanumeric}+/`;
const hex = '0123456789abcdef';

function drawn(random: Random, alphabet: string, length: number): string {
  const letters = Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length)));
  return letters.join('');
}

/** Letters, digits and capitals for certain, as every generator of keys makes sure. */
function mixed(random: Random, length: number): string {
  return `${drawn(random, alphanumeric, length - 6)}aZ4b7X`;
}

const token = (
  prefix: string,
  make: (random: Random) => string,
  write = (secret: string) => `const key = "${secret}";`,
) => {
  return (random: Random) => {
    const secret = prefix + make(random);
    return { secret, snippet: write(secret) };
  };
};
const named = (write: (secret: string) => string, make: (random: Random) => string) => token('', make, write);
const alnum = (length: number) => (random: Random) => mixed(random, length);
const hexes = (length: number) => (random: Random) => drawn(random, hex, length);
const password = (random: Random) => `${drawn(random, lower, 4)}${drawn(random, digits, 2)}!${drawn(random, lower, 3)}`;
const word = (random: Random) => `swordfish${drawn(random, lower, 5)}`;
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** How each kind of secret is made and where it stands. */
const kinds: Readonly<Record<string, (random: Random) => { readonly secret: string; readonly snippet: string }>> = {
  anthropic: token('sk-ant-api03-', alnum(93)),
  'anthropic admin': token('sk-ant-admin01-', alnum(93), (secret) => `ANTHROPIC_KEY=${secret}`),
  openai: token('sk-', alnum(48)),
  'openai project': token('sk-proj-', alnum(120)),
  openrouter: token('sk-or-v1-', hexes(64)),
  'aws id': token('AKIA', (random) => drawn(random, `${lower.toUpperCase()}234567`, 16)),
  'aws secret': token('', alnum(40), (secret) => `aws_secret_access_key = ${secret}`),
  'aws secret in JSON': token('', alnum(40), (secret) => `{ "SecretAccessKey": "${secret}" }`),
  'google key': token('AIza', alnum(35)),
  'google token': token('ya29.', alnum(120)),
  'google client secret': token('GOCSPX-', alnum(28)),
  'azure client secret': token('', (random) => `${mixed(random, 8).slice(0, 3)}8Q~${mixed(random, 34)}`),
  'azure storage': token(
    '',
    (random) => `${drawn(random, base64, 86)}==`,
    (secret) => `"DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${secret};EndpointSuffix=core.windows.net"`,
  ),
  'github classic': token('ghp_', alnum(36)),
  'github app': token('ghs_', alnum(36), (secret) => `https://x-access-token:${secret}@github.com/a/b.git`),
  'github fine-grained': token('github_pat_', (random) => `${mixed(random, 22)}_${mixed(random, 59)}`),
  gitlab: token('glpat-', alnum(20)),
  'slack bot': token(
    'xoxb-',
    (random) => `${drawn(random, digits, 12)}-${drawn(random, digits, 13)}-${mixed(random, 24)}`,
  ),
  'slack webhook': token(
    '',
    (random) => `T${drawn(random, digits, 9)}/B${drawn(random, digits, 9)}/${mixed(random, 24)}`,
    (secret) => `https://hooks.slack.com/services/${secret}`,
  ),
  'discord webhook': token(
    '',
    (random) => `${drawn(random, digits, 18)}/${mixed(random, 68)}`,
    (secret) => `https://discord.com/api/webhooks/${secret}`,
  ),
  stripe: token('sk_live_', alnum(24)),
  'stripe webhook': token('whsec_', alnum(32)),
  npm: token('npm_', alnum(36), (secret) => `//registry.example/:_authToken=${secret}`),
  pypi: token('pypi-AgEIcHlwaS5vcmc', alnum(150)),
  rubygems: token('rubygems_', hexes(48)),
  docker: token('dckr_pat_', alnum(27)),
  huggingface: token('hf_', (random) => drawn(random, lower, 34)),
  sendgrid: token('SG.', (random) => `${mixed(random, 22)}.${mixed(random, 43)}`),
  twilio: token('SK', hexes(32)),
  mailgun: token('key-', hexes(32)),
  digitalocean: token('dop_v1_', hexes(64)),
  shopify: token('shpat_', hexes(32)),
  telegram: token('', (random) => `${drawn(random, digits, 10)}:AA${mixed(random, 33)}`),
  databricks: token('dapi', hexes(32)),
  linear: token('lin_api_', alnum(40)),
  notion: token('ntn_', alnum(46)),
  vault: token('hvs.', alnum(90)),
  doppler: token('dp.pt.', alnum(43)),
  groq: token('gsk_', alnum(52)),
  figma: token('figd_', alnum(40)),
  'new relic': token('NRAK-', (random) => `${drawn(random, lower.toUpperCase() + digits, 26)}7`),
  jwt: token('', (random) => `${json({ alg: 'HS256' })}.${json({ sub: mixed(random, 12) })}.${mixed(random, 43)}`),
  'bearer token': named((secret) => `curl -H "Authorization: Bearer ${secret}" https://api.example`, alnum(40)),
  'basic authorization': named(
    (secret) => `headers: { Authorization: 'Basic ${secret}' }`,
    (random) => Buffer.from(`user:${password(random)}`).toString('base64'),
  ),
  'api key header': named((secret) => `-H 'x-api-key: ${secret}'`, alnum(32)),
  'key in an address': named((secret) => `https://api.example/v1?a=1&api_key=${secret}&b=2`, alnum(32)),
  'postgres address': named((secret) => `postgres://app:${secret}@db.example:5432/app`, password),
  'redis address': named((secret) => `REDIS_URL=redis://:${secret}@cache:6379`, alnum(24)),
  'mongodb address': named((secret) => `"mongodb+srv://u:${secret}@cluster0.example/?w=majority"`, password),
  'SQL Server connection': named(
    (secret) => `"Server=db;Database=a;User Id=sa;Password=${secret};Encrypt=true"`,
    password,
  ),
  'password in code': named((secret) => `const password = "${secret}";`, password),
  'password of letters': named((secret) => `db_password: '${secret}',`, word),
  'password in Python': named((secret) => `DB_PASSWORD: str = '${secret}'`, password),
  'password in Go': named((secret) => `dbPassword := "${secret}"`, password),
  'password in C': named((secret) => `#define PASSWORD "${secret}"`, password),
  'password in Rust': named((secret) => `let password: &str = "${secret}";`, password),
  'password in JSON': named((secret) => `{"user": "a", "password": "${secret}"}`, password),
  'password in YAML': named((secret) => `db:\n  password: ${secret}\n  port: 1`, password),
  'password in an env file': named((secret) => `DB_PASSWORD=${secret}`, word),
  'password in properties': named((secret) => `spring.datasource.password=${secret}`, word),
  'password in XML': named((secret) => `<password>${secret}</password>`, password),
  'password in a call': named((secret) => `client.password("${secret}")`, password),
  'password compared': named((secret) => `if (password === '${secret}') open();`, password),
  'password of a command': named((secret) => `curl -u admin:${secret} https://a.example`, password),
  'password with quotes in it': named((secret) => `password = "${secret}'x"`, password),
  netrc: named((secret) => `machine a.example login me password ${secret}`, password),
  'api key in code': named((secret) => `apiKey: "${secret}",`, alnum(32)),
  'api key of digits': named((secret) => `API_KEY = '${secret}'`, hexes(32)),
  'secret in YAML': named((secret) => `client_secret: ${secret}`, alnum(32)),
  'token in an env file': named((secret) => `export SERVICE_TOKEN=${secret}`, alnum(32)),
  'header in code': named((secret) => `request.setHeader('X-Auth-Token', '${secret}')`, alnum(32)),
  'random value': named(
    (secret) => `const k = '${secret}';`,
    (random) =>
      Array.from(
        { length: 8 },
        () => `${drawn(random, lower, 2)}${drawn(random, digits, 1)}${drawn(random, lower.toUpperCase(), 2)}`,
      ).join(''),
  ),
  'recovery phrase': named(
    (secret) => `mnemonic = "${secret}"`,
    (random) => Array.from({ length: 12 }, () => drawn(random, lower, 6)).join(' '),
  ),
  'private key': (random) => {
    const body = Array.from({ length: 12 }, () => drawn(random, base64, 64));
    return {
      secret: body[5] ?? '',
      snippet: `-----BEGIN RSA PRIVATE KEY-----\n${body.join('\n')}\n-----END RSA PRIVATE KEY-----`,
    };
  },
  'SSH key': (random) => {
    const body = [
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
      ...Array.from({ length: 5 }, () => drawn(random, base64, 70)),
    ];
    return {
      secret: body[3] ?? '',
      snippet: `const pem = \`\n  -----BEGIN OPENSSH PRIVATE KEY-----\n${body.map((line) => `  ${line}`).join('\n')}\n  -----END OPENSSH PRIVATE KEY-----\`;`,
    };
  },
  'private key on one line': (random) => {
    const body = Array.from({ length: 12 }, () => drawn(random, base64, 64));
    return {
      secret: body[7] ?? '',
      snippet: `{"private_key": ${JSON.stringify(`-----BEGIN PRIVATE KEY-----\n${body.join('\n')}\n-----END PRIVATE KEY-----\n`)}}`,
    };
  },
  'private key without its end': (random) => {
    const body = Array.from({ length: 6 }, () => drawn(random, base64, 64));
    return { secret: body[5] ?? '', snippet: `-----BEGIN PRIVATE KEY-----\n${body.join('\n')}` };
  },
  'private key without its beginning': (random) => {
    const body = Array.from({ length: 6 }, () => drawn(random, base64, 64));
    return { secret: body[0] ?? '', snippet: `${body.join('\n')}\n-----END EC PRIVATE KEY-----` };
  },
};

/** So many canaries, all kinds in turn. */
export function canaries(count: number, random: Random): readonly Canary[] {
  const makers = Object.entries(kinds);
  // Few of them are not always the same ones.
  const first = Math.floor(random() * makers.length);
  return Array.from({ length: count }, (_, index) => {
    const [kind, make] = makers[(first + index) % makers.length] ?? ['none', () => ({ secret: '', snippet: '' })];
    return { kind, ...make(random) };
  });
}

export const canaryKinds = Object.keys(kinds).length;

const each = (write: (code: number) => string) => (text: string) =>
  [...text].map((letter) => write(letter.charCodeAt(0))).join('');
const bytes = (encoding: BufferEncoding) => (text: string) => Buffer.from(text).toString(encoding);

/** The ways in which a secret may be hidden in what leaves. */
export const canaryEncodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  Base64: bytes('base64'),
  'Base64 for URLs': bytes('base64url'),
  hexadecimal: bytes('hex'),
  percent: each((code) => `%${code.toString(16).padStart(2, '0').toUpperCase()}`),
  'JSON escapes': each((code) => `\\u${code.toString(16).padStart(4, '0')}`),
  'HTML entities': each((code) => `&#${code};`),
  'Base64 twice': (text) => bytes('base64')(bytes('base64')(text)),
};
