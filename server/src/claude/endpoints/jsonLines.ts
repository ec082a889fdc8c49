/** Cuts bytes into lines (JSON Lines): each is held alone, and one that is too long is not held at all. */

export interface Line {
  /** 1, 2, … */
  readonly number: number;
  /** Undefined for a line that is too long. */
  readonly text: string | undefined;
  /** Whether its end was seen: what is cut in the middle of a line may be anything. */
  readonly isWhole: boolean;
}

const newline = 10;

/** The lines that are not empty. @param longest Bytes. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Line, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 1;
  const keep = (part: Uint8Array): void => {
    length += part.length;
    if (length <= longest) parts.push(part);
    else parts = [];
  };
  const line = (isWhole: boolean): Line => {
    const text = length > longest ? undefined : textOf(parts).trim();
    return { number, text, isWhole };
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end));
      const whole = line(true);
      if (whole.text !== '') yield whole;
      parts = [];
      length = 0;
      number += 1;
      from = end + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  const rest = line(false);
  if (rest.text !== '') yield rest;
}

function textOf(parts: readonly Uint8Array[]): string {
  const [only] = parts;
  const all =
    parts.length === 1 && only !== undefined
      ? Buffer.from(only.buffer, only.byteOffset, only.length)
      : Buffer.concat(parts);
  return all.toString();
}
