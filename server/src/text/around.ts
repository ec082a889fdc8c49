/** What the characters before a place say about it: does a word end here, may a regular expression begin. */

/** Letters, digits, `_`, `$`, and everything beyond ASCII that is not a space. */
export function isWordCode(code: number): boolean {
  if (code < 128) return wordCodes[code] === 1;
  return code > 160 && !(code >= 0x2000 && code <= 0x206f) && code !== 0x3000 && code !== 0xfeff;
}

/** Whether the word that ends before `at` is a keyword that a value may follow. */
export function afterKeyword(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && at - start < 12 && isWordCode(text.charCodeAt(start - 1))) start--;
  return valueKeywords.has(text.slice(start, at));
}

/** Whether a slash at `at` begins a regular expression; `significant` is the last character of code before it. */
export function startsRegex(text: string, at: number, significant: number): boolean {
  if (significant < 0) return true;
  const before = text.charCodeAt(significant);
  if (isWordCode(before)) return afterKeyword(text, significant + 1);
  if (text.charAt(significant) === '}') return text.charAt(at + 1) !== '>';
  // Behind "<" it closes an element, behind a quote or a bracket it divides.
  return !')]"\'`<'.includes(text.charAt(significant));
}

const wordCodes = Uint8Array.from({ length: 128 }, (_, code) => (/[\w$]/.test(String.fromCharCode(code)) ? 1 : 0));

const valueKeywords = new Set(
  'return case typeof instanceof in of void throw new else do delete yield await default from import export extends and or not if unless while when then until'.split(
    ' ',
  ),
);
