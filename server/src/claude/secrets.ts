/** Keeps keys out of every message: what comes from outside is passed through here before it is shown. */

/** Takes secrets out of text. @param longest Characters that are left of it. */
export type Scrub = (text: string, longest?: number) => string;

const longestShown = 400;

/** Characters that are looked at, for each that is shown: secrets become shorter. */
const lookedAt = 64;

/** Shorter than this is no secret: it would be found everywhere. */
const shortestSecret = 4;

/**
 * Replaces each secret, in any of the ways to write it that a service, a proxy or a log may use, makes control
 * characters blanks, and cuts what is too long. A hostile service may echo the key in its error.
 */
export function createScrub(secrets: readonly string[]): Scrub {
  let known: readonly string[] | undefined;
  return (text, longest = longestShown) => {
    known ??= secrets
      .filter(({ length }) => length >= shortestSecret)
      .flatMap(formsOf)
      .sort(longestFirst);
    const hidden = known.reduce((rest, form) => rest.replaceAll(form, '[key]'), text.slice(0, longest * lookedAt));
    // The text may have been cut inside of a secret.
    const whole = text.length > longest * lookedAt ? hidden.slice(0, -(known[0]?.length ?? 1)) : hidden;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    const plain = whole.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
    return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
  };
}

/** One may be part of another. */
function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}

/** The ways to write a secret. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const each = (write: (code: string) => string) => [...bytes].map((byte) => write(byte.toString(16).padStart(2, '0')));
  const hexadecimal = [
    bytes.toString('hex'),
    each((code) => `%${code}`).join(''),
    each((code) => `\\u00${code}`).join(''),
    each((code) => `\\x${code}`).join(''),
    each((code) => `&#x${code};`).join(''),
  ];
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    [...bytes].map((byte) => `&#${byte};`).join(''),
    ...hexadecimal.flatMap((form) => [form, form.replace(/[0-9a-f]{2}/g, (code) => code.toUpperCase())]),
    ...[0, 1, 2].flatMap((offset) => base64Forms(bytes, offset)),
  ];
}

/** What of a secret in Base64 depends on it alone, when so many other bytes come before it in a group of three. */
function base64Forms(bytes: Buffer, offset: number): readonly string[] {
  const all = Buffer.concat([Buffer.alloc(offset), bytes]);
  const [start, end] = [Math.ceil((offset * 8) / 6), Math.floor((all.length * 8) / 6)];
  const forms = (['base64', 'base64url'] as const).map((encoding) => all.toString(encoding).slice(start, end));
  return forms.filter(({ length }) => length > shortestSecret);
}

/** An error as the cause of another: its name, message and code without secrets, and nothing else of it. */
export function safeCause(cause: unknown, scrub: Scrub): Error {
  if (!(cause instanceof Error)) return new Error(scrub(String(cause)));
  const safe = new Error(scrub(cause.message));
  safe.name = cause.name;
  if ('code' in cause && typeof cause.code === 'string') Object.assign(safe, { code: cause.code });
  return safe;
}
