/** The lines of a file that say what it uses: imports, includes, package clauses. */

export interface NumberedLine {
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
}

const opening =
  /^\s*(?:import\b|from\s+\S+\s+import\b|export\s.*\bfrom\b|#\s*include\b|use\s+[\w:{]|using\s+[\w.]|package\s+[\w.]|require(?:_once|_relative)?\b|(?:const|let|var)\s.*=\s*require\(|extern\s+crate\b|open\s+[A-Z])/;

/** Imports stand near the top; what comes later is not worth its tokens. */
const linesSearched = 400;
const linesKept = 60;
const longestLine = 300;

/** Import lines in order, with the lines that continue a bracket opened on them. */
export function importsOf(lines: readonly string[]): readonly NumberedLine[] {
  const found: NumberedLine[] = [];
  let open = 0;
  for (let line = 0; line < Math.min(lines.length, linesSearched) && found.length < linesKept; line++) {
    const text = (lines[line] ?? '').slice(0, longestLine);
    if (open === 0 && !opening.test(text)) continue;
    found.push({ line, text });
    open = Math.max(0, open + balance(text));
  }
  return found;
}

/** How many more brackets a line opens than it closes. */
function balance(text: string): number {
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '{') depth++;
    if (character === ')' || character === '}') depth--;
  }
  return depth;
}
