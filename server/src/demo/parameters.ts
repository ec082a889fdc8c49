/** The names of a function's parameters, read from the brackets behind its name. */

/** @param masked - Masked code; `from` is the offset behind the name. */
export function parametersAt(masked: string, from: number): readonly string[] {
  const rest = masked.slice(from, from + longest);
  const open = rest.indexOf('(');
  if (open === -1 || /[{;]/.test(rest.slice(0, open))) return [];
  return partsOf(rest, open)
    .map(nameOf)
    .filter((name) => name !== '' && name !== 'self' && name !== 'this' && name !== 'cls' && name !== 'void');
}

/** Characters behind the name that may belong to the parameters. */
const longest = 2_000;

/** The text between a parenthesis and its partner, cut at its own commas. */
function partsOf(text: string, open: number): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < text.length; at++) {
    const character = text.charAt(at);
    if ('([{<'.includes(character)) depth++;
    if (')]}'.includes(character) || (character === '>' && !'=-'.includes(text.charAt(at - 1)))) depth--;
    if (depth === 0 || (depth === 1 && character === ',')) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
    if (depth === 0) break;
  }
  return parts;
}

const modifiers = new Set([
  'mut',
  'ref',
  'public',
  'private',
  'protected',
  'readonly',
  'final',
  'const',
  'vararg',
  'in',
  'out',
]);

/** `items: Item[] = []`, `int count`, `*args`, `&mut self`, `name string`: the name that the body uses; all of them in `{ a, b }`. */
function nameOf(part: string): string {
  const pattern = /^\s*(?:\{[^}]*\}|\[[^\]]*\])/.exec(part)?.[0];
  if (pattern !== undefined) return pattern.replace(/\s+/g, ' ').trim();
  const head = part.split(/[:=]/)[0] ?? '';
  const words = (head.match(/(?<![\w$])[A-Za-z_$][\w$]*/g) ?? []).filter((word) => !modifiers.has(word));
  const hasColon = part.includes(':') && !part.includes('::');
  // With a colon the name stands first; without one, a type stands before it (C, Java) or behind it (Go).
  return (hasColon || isGo(head) ? words[0] : words.at(-1)) ?? '';
}

function isGo(head: string): boolean {
  return /^\s*[a-z_]\w* +(?:\.\.\.)?(?:\*|\[\]|map\[|chan |func\b|interface\b|string\b|int\d*\b|bool\b|byte\b|error\b|float\d+\b|[a-z]+\.[A-Z]|[A-Z]\w*$)/.test(
    head,
  );
}
