/** Keeps keys out of every message: what comes from outside is passed through here before it is shown. */

/** Takes secrets out of text. @param longest Characters that are left of it. */
export type Scrub = (text: string, longest?: number) => string;

/** Takes secrets out of text, also those that are learned later. */
export interface LearningScrub extends Scrub {
  /** From now on this secret is taken out, too: the newest 32 are remembered, so that old ones are hidden for a while. */
  learn(secret: string): void;
}

const longestShown = 400;
const mostLearned = 32;
/** Longer ones cannot be sent in any header, and are nobody's key. */
const longestSecret = 65_536;

/** Characters that are looked at, for each that is shown: secrets become shorter. */
const lookedAt = 64;

/** Shorter than this is no secret: it would be found everywhere. */
const shortestSecret = 4;

/**
 * Replaces each secret, in any of the ways to write it that a service, a proxy or a log may use, makes control
 * characters blanks, and cuts what is too long. A hostile service may echo the key in its error.
 */
export function createScrub(secrets: readonly string[]): LearningScrub {
  const learned = new Set<string>();
  // Made when they are first needed: most clients never show a text.
  let forms: readonly string[] | undefined;
  const scrub = (text: string, longest = longestShown): string => {
    forms ??= formsOfAll([...secrets, ...learned]);
    const hidden = forms.reduce((rest, form) => rest.replaceAll(form, '[key]'), text.slice(0, longest * lookedAt));
    // Half a secret may stand where the text was cut: all that could be one is left out.
    const whole = text.length > longest * lookedAt ? hidden.slice(0, -(forms[0]?.length ?? 1)) : hidden;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    const plain = whole.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
    return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
  };
  const learn = (secret: string): void => {
    if (secret.length > longestSecret) return;
    const isNew = !learned.delete(secret);
    learned.add(secret);
    const [oldest] = learned;
    if (learned.size > mostLearned && oldest !== undefined) learned.delete(oldest);
    if (isNew) forms = undefined;
  };
  return Object.assign(scrub, { learn });
}

/** The longest first: one may be part of another. */
function formsOfAll(secrets: readonly string[]): readonly string[] {
  const forms = secrets.filter(({ length }) => length >= shortestSecret).flatMap(formsOf);
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

/** The ways to write a secret. */
function formsOf(given: string): readonly string[] {
  const secret = given.toWellFormed();
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
    given,
    encodeURIComponent(secret),
    JSON.stringify(given).slice(1, -1),
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

/** Takes out what looks like a key, for text of somebody who may know keys that are not known here. */
export function hideTokens(text: string): string {
  const schemes = text.replace(/\b(bearer|basic)\s+\S+/gi, '$1 [key]');
  return schemes.replace(/\S{16,}/g, (word) =>
    isPlace.test(word) ? word.replace(/[^/\\]{16,}/g, hidden) : hidden(word),
  );
}

/** Paths and addresses are read by their parts, so that what a complaint is about can still be seen. */
const isPlace = /^["'(<]*([/~.]|[a-z]:\\|[a-z][a-z+.-]*:\/\/)/i;

function hidden(word: string): string {
  return /\d/.test(word) ? '[key]' : word;
}

/** An error as the cause of another: its name, message and code without secrets, and nothing else of it. */
export function safeCause(cause: unknown, scrub: Scrub): Error {
  if (!(cause instanceof Error)) return new Error(scrub(String(cause)));
  const safe = new Error(scrub(cause.message));
  safe.name = scrub(cause.name);
  if ('code' in cause && typeof cause.code === 'string') Object.assign(safe, { code: scrub(cause.code) });
  return safe;
}
