/** Keeps keys out of every message: what comes from outside is passed through here before it is shown. */

/** Takes secrets out of text. */
export type Scrub = (text: string) => string;

const longestShown = 400;

/**
 * Replaces each secret, also as base64 and URL-encoded, makes control characters blanks, and cuts what is too long.
 * A hostile service may echo the key in its error.
 */
export function createScrub(secrets: readonly string[]): Scrub {
  const forms = secrets.flatMap(formsOf).filter((form) => form.length >= 4);
  return (text) => {
    const hidden = forms.reduce((rest, form) => rest.replaceAll(form, '[key]'), text.slice(0, 64 * longestShown));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    const plain = hidden.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
    return plain.length > longestShown ? `${plain.slice(0, longestShown)}…` : plain;
  };
}

function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const url = Buffer.from(secret).toString('base64url');
  return [
    secret,
    base64,
    url,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('hex'),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** An error as the cause of another: its name, message and code without secrets, and nothing else of it. */
export function safeCause(cause: unknown, scrub: Scrub): Error {
  if (!(cause instanceof Error)) return new Error(scrub(String(cause)));
  const safe = new Error(scrub(cause.message));
  safe.name = cause.name;
  if ('code' in cause && typeof cause.code === 'string') Object.assign(safe, { code: cause.code });
  return safe;
}
