/** Keeps keys out of every message: what comes from outside is passed through here before it is shown. */

/** Takes secrets out of text. */
export type Scrub = (text: string) => string;

/** Takes secrets out of text, also those that are learned later. */
export interface LearningScrub extends Scrub {
  /** From now on this secret is taken out, too: the newest 32 are remembered, so that old ones are hidden for a while. */
  learn(secret: string): void;
}

const longestShown = 400;
const longestRead = 64 * longestShown;
const mostLearned = 32;
/** Longer ones cannot be sent in any header, and are nobody's key. */
const longestSecret = 65_536;

/**
 * Replaces each secret, also as base64 and URL-encoded, makes control characters blanks, and cuts what is too long.
 * A hostile service may echo the key in its error.
 */
export function createScrub(secrets: readonly string[]): LearningScrub {
  const fixed = secrets.flatMap(formsOf);
  const learned = new Map<string, readonly string[]>();
  let forms = longestFirst(fixed);
  const scrub = (text: string): string => {
    const hidden = forms.reduce((rest, form) => rest.replaceAll(form, '[key]'), text.slice(0, longestRead));
    // Half a secret may stand where the text was cut: all that could be one is left out.
    const whole = text.length > longestRead ? hidden.slice(0, -(forms[0]?.length ?? 1)) : hidden;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    const plain = whole.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
    return plain.length > longestShown ? `${plain.slice(0, longestShown)}…` : plain;
  };
  const learn = (secret: string): void => {
    if (secret.length > longestSecret) return;
    const isNew = !learned.has(secret);
    const own = learned.get(secret) ?? formsOf(secret);
    learned.delete(secret);
    learned.set(secret, own);
    const [oldest] = learned.keys();
    if (learned.size > mostLearned && oldest !== undefined) learned.delete(oldest);
    if (isNew) forms = longestFirst([...fixed, ...[...learned.values()].flat()]);
  };
  return Object.assign(scrub, { learn });
}

/** A secret may be part of another one, and is then not to be taken out of it first. */
function longestFirst(forms: readonly string[]): readonly string[] {
  const usable = [...new Set(forms)].filter((form) => form.length >= 4);
  return usable.sort((one, other) => other.length - one.length);
}

function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const url = Buffer.from(secret).toString('base64url');
  return [
    secret,
    base64,
    url,
    encodeURIComponent(secret.toWellFormed()),
    Buffer.from(secret).toString('hex'),
    JSON.stringify(secret).slice(1, -1),
  ];
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
