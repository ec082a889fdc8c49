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

/** Characters that are looked at, for each that is shown, for secrets become shorter; and in all. */
const lookedAt = 64;
const longestLookedAt = 200_000;

/** Shorter than this is no secret: it would be found everywhere. */
const shortestSecret = 4;

/**
 * Replaces each secret, in any of the ways to write it that a service, a proxy or a log may use, makes control
 * characters blanks, and cuts what is too long. A hostile service may echo the key in its error.
 */
export function createScrub(secrets: readonly string[]): LearningScrub {
  const learned = new Set<string>();
  // Made when they are first needed: most clients never show a text that could hold a secret.
  let forms: Forms | undefined;
  let shortest: number | undefined;
  const known = (): readonly string[] => [...secrets, ...learned].filter(({ length }) => length >= shortestSecret);
  const scrub = (text: string, longest = longestShown): string => {
    shortest ??= Math.min(...known().map(({ length }) => length));
    // Most of what is looked at is an id, shorter than any key: nothing is prepared for it.
    if (text.length < shortest && text.length <= longest) return plain(text);
    forms ??= formsOf(known());
    const most = Math.min(longest * lookedAt, longestLookedAt);
    const looked = text.slice(0, most);
    const hidden = forms.long
      .reduce((rest, form) => rest.replaceAll(form, '[key]'), looked)
      .replace(forms.pattern, '[key]');
    // Half a secret may stand where the text was cut: all that could be one is left out.
    const whole = text.length > most ? hidden.slice(0, -forms.longest) : hidden;
    const shown = plain(whole);
    return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
  };
  const learn = (secret: string): void => {
    if (secret.length > longestSecret) return;
    const isNew = !learned.delete(secret);
    learned.add(secret);
    const [oldest] = learned;
    if (learned.size > mostLearned && oldest !== undefined) learned.delete(oldest);
    if (!isNew) return;
    forms = undefined;
    shortest = undefined;
  };
  return Object.assign(scrub, { learn });
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}

/** Regular expressions have a size that they may not pass. */
const longestInPattern = 1_000;

/** All ways to write all secrets. */
interface Forms {
  readonly pattern: RegExp;
  /** Those that are too long for a pattern; in the case that they have. */
  readonly long: readonly string[];
  /** Characters of the longest. */
  readonly longest: number;
}

/** Letters count in either case: host names are written in small ones, and escapes in both. */
function formsOf(secrets: readonly string[]): Forms {
  // Longest first: one may be part of another.
  const forms = [...new Set(secrets.flatMap(writingsOf))].sort((one, other) => other.length - one.length);
  const long = forms.filter(({ length }) => length > longestInPattern);
  const parts = forms.slice(long.length).map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(parts.join('|') || '(?!)', 'gi');
  return { pattern, long, longest: Math.max(1, forms[0]?.length ?? 0) };
}

/** The ways to write a secret. */
function writingsOf(secret: string): readonly string[] {
  const units = [...Array(secret.length).keys()].map((at) => secret.charCodeAt(at));
  const each = (codes: Iterable<number>, write: (hex: string, code: number) => string) =>
    [...codes].map((code) => write(code.toString(16).padStart(2, '0'), code)).join('');
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    each(units, (hex) => `\\u${hex.padStart(4, '0')}`),
    each(units, (hex) => `\\x${hex}`),
    each(units, (hex) => `&#x${hex};`),
    each(units, (_hex, code) => `&#${code};`),
    // Headers are sent in the one, bodies in the other.
    ...(['utf8', 'latin1'] as const).flatMap((encoding) => encodedForms(Buffer.from(secret, encoding))),
  ];
}

function encodedForms(bytes: Buffer): readonly string[] {
  const hex = bytes.toString('hex');
  return [hex, hex.replace(/../g, '%$&'), ...[0, 1, 2].flatMap((offset) => base64Forms(bytes, offset))];
}

/**
 * What of a secret in Base64 depends on it alone, when so many other bytes come before it in a group of three. At the
 * end of a text, that is all of it.
 */
function base64Forms(bytes: Buffer, offset: number): readonly string[] {
  const all = Buffer.concat([Buffer.alloc(offset), bytes]);
  const [start, end] = [Math.ceil((offset * 8) / 6), Math.floor((all.length * 8) / 6)];
  const written = [all.toString('base64'), all.toString('base64url')].map((text) => text.slice(start));
  const [padded = ''] = written;
  const forms = [...written, padded.replace(/=+$/, ''), ...written.map((text) => text.slice(0, end - start))];
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
