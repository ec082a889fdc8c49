/** How many tokens a text will count as: an estimate, made before anything is sent. Pure. */

/**
 * About as many tokens as the service will count for a text, rather too many than too few. Words, numbers, marks and
 * indentation are counted apart: code has more of the short ones than prose. Linear in the text's length.
 */
export function estimatedTokens(text: string): number {
  let count = 0;
  for (const [part] of text.matchAll(parts)) count += tokensOf(part);
  return Math.ceil(count);
}

/** Words, digits, blanks, line breaks, runs of the same mark, and any other character alone. */
const parts = /[A-Za-z]+|\d+|[ \t]+|[\r\n]+|([^\w\s])\1*|[\s\S]/gu;

function tokensOf(part: string): number {
  const code = part.charCodeAt(0);
  if (code >= 128) return part.length * tokensPerForeignUnit;
  if (isLetter(code)) return Math.max(1, part.length / lettersPerToken);
  if (code >= 48 && code <= 57) return Math.ceil(part.length / digitsPerToken);
  // A single blank belongs to the word behind it.
  if (code === 32 && part.length === 1) return 0;
  if (code === 32 || code === 9) return Math.ceil(part.length / blanksPerToken);
  return Math.ceil(part.length / marksPerToken);
}

const lettersPerToken = 6;
const digitsPerToken = 3;
const blanksPerToken = 16;
const marksPerToken = 4;
/** For each UTF-16 code unit beyond ASCII. */
const tokensPerForeignUnit = 1;

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
