/** `function () {}` given to a call becomes an arrow function, where it uses nothing that only a function has. */
import type { Change } from './changes.ts';
import { type Insertion, insertedAt } from './insertions.ts';
import type { Source } from './source.ts';

export function arrowFunctions(source: Source, from: number, to: number): readonly Change[] {
  const { masked } = source;
  const start = source.startOf(from);
  const part = masked.slice(start, source.startOf(to + 1));
  const insertions = [...part.matchAll(/(?<=[(,]\s*)(async\s+)?function\s*(?=\()/g)].flatMap(
    (match): readonly Insertion[] => {
      const at = start + match.index + (match[1] ?? '').length;
      const head = headAt(source, start + match.index + match[0].length);
      if (head === undefined || !isPlainCallback(source, head)) return [];
      const length = match[0].length - (match[1] ?? '').length;
      return [
        { at, text: '', drop: length },
        { at: head.brace, text: '=> ', drop: 0 },
      ];
    },
  );
  return insertedAt(source, insertions);
}

interface Head {
  readonly open: number;
  readonly brace: number;
  readonly close: number;
}

function headAt({ masked, partner, lineAt }: Source, open: number): Head | undefined {
  const end = partner(open);
  const gap = end < 0 ? null : /^\s*(?::[^{};]*)?\{/.exec(masked.slice(end + 1, end + 200));
  const brace = gap === null ? -1 : end + gap[0].length;
  const close = brace < 0 ? -1 : partner(brace);
  // The arrow must stand on the line of the brackets.
  return close < 0 || lineAt(end) !== lineAt(brace) ? undefined : { open, brace, close };
}

/** The last or a middle argument, without `this`, `arguments` and the like anywhere inside. */
function isPlainCallback({ masked, text }: Source, { open, brace, close }: Head): boolean {
  if (!/^\s*[,)]/.test(masked.slice(close + 1, close + 200)) || masked.charAt(brace - 1) !== ' ') return false;
  const own = masked.slice(open, close);
  const strings = text.slice(open, close);
  return (
    !/\b(?:this|arguments|super|yield|new\.target|eval)\b/.test(own) && !/\$\{[^}]*\b(?:this|arguments)\b/.test(strings)
  );
}
