/** Keeps keys out of logs and errors, in whatever way they were encoded on the way there (threats S32). */

export interface KeyRedactor {
  /** From now on the secret is replaced. Shorter than four characters is no secret, and is ignored. */
  add(secret: string): void;
  /** The text with every secret added so far replaced by `[key]`. */
  clean(text: string): string;
  /** How many secrets it knows. */
  readonly count: number;
}

/** Characters that a text is looked through for first: V8 makes 1 MB of machine code of a whole key's forms. */
const endingLength = 6;

/**
 * Knows each secret as it is, with any of its characters escaped (JSON, percent, HTML), in hexadecimal, and in Base64
 * and its URL form wherever the secret may start within the encoded bytes.
 */
export function createKeyRedactor(): KeyRedactor {
  const secrets = new Set<string>();
  let known: { readonly ending: RegExp; readonly whole: RegExp } | undefined;
  return {
    get count() {
      return secrets.size;
    },
    add(secret) {
      for (const form of [secret, secret.trim()]) if (form.length >= 4) secrets.add(form);
      // Longest first: a secret may contain another.
      const longestFirst = [...secrets].sort((one, other) => other.length - one.length);
      if (longestFirst.length === 0) return;
      known = {
        ending: new RegExp(longestFirst.flatMap((one) => formsOf(one, endingLength)).join('|'), 'u'),
        whole: new RegExp(longestFirst.flatMap((one) => formsOf(one)).join('|'), 'gu'),
      };
    },
    clean: (text) => (known?.ending.test(text) ? text.replace(known.whole, '[key]') : text),
  };
}

/** Patterns of the secret in each form, or only of the last so many characters, which whatever matches the whole has as well. */
function formsOf(secret: string, last = Number.POSITIVE_INFINITY): string[] {
  const bytes = Buffer.from(secret);
  const characters = [...secret].slice(-last).map(characterPattern).join('');
  const hex = anyCase(bytes.subarray(-last).toString('hex'));
  return [characters, hex, ...[0, 1, 2].flatMap((offset) => base64Pattern(bytes, offset, last))];
}

/** The character itself or one of its escapes. */
function characterPattern(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const units = [...Array(character.length).keys()].map((index) =>
    character.charCodeAt(index).toString(16).padStart(4, '0'),
  );
  const percent = [...Buffer.from(character)].map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`);
  const escapes = [
    literal(character),
    percent.join(''),
    units.map((unit) => `\\\\u${anyCase(unit)}`).join(''),
    `&#(?:0*${code}|[xX]0*${anyCase(code.toString(16))});`,
    ...(code < 256 ? [`\\\\x${anyCase(code.toString(16).padStart(2, '0'))}`] : []),
    ...(shortEscapes[character] ?? []),
  ];
  return `(?:${escapes.join('|')})`;
}

const shortEscapes: Readonly<Record<string, readonly string[]>> = {
  '"': ['\\\\"', '&quot;'],
  "'": ["\\\\'", '&apos;'],
  '\\': ['\\\\\\\\'],
  '/': ['\\\\/'],
  '\n': ['\\\\n'],
  '\r': ['\\\\r'],
  '\t': ['\\\\t'],
  ' ': ['\\+'],
  '&': ['&amp;'],
  '<': ['&lt;'],
  '>': ['&gt;'],
};

/** The characters that depend on the secret alone when `offset` other bytes precede it in a group of three, and up to two that hold the rest of its bits. */
function base64Pattern(bytes: Buffer, offset: number, last: number): string[] {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  if (end - start < 5) return [];
  const core = [...encoded.slice(Math.max(start, end - last), end)].map((letter) =>
    letter === '+' ? '[+-]' : letter === '/' ? '[/_]' : letter,
  );
  const edge = '[\\w+/-]';
  if (core.length < end - start) return [core.join('')];
  return [`${edge}{0,${offset === 0 ? 0 : 1}}${core.join('')}${edge}{0,1}={0,2}`];
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
