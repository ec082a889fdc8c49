/** Holes cut from real code: places where somebody could have been typing, with what stood there. */
import fc from 'fast-check';
import { maskOf } from '../../server/src/text/mask.ts';
import { realFiles } from './realCode.ts';

export interface CutHole {
  /** File and line, counted from 1. */
  readonly name: string;
  readonly languageId: string;
  /**
   * `tail`: the rest of a line; `inside`: what stood between two brackets or quotes, which an editor closes as they are
   * typed; `body`: the lines of a block, its end stands already.
   */
  readonly kind: 'tail' | 'inside' | 'body';
  readonly before: string;
  readonly reference: string;
  readonly after: string;
}

/** Of each language and kind. Five languages: over 500. */
const wanted: Readonly<Record<CutHole['kind'], number>> = { tail: 42, inside: 28, body: 36 };
/** Another seed is another set of holes: figures are compared on this one. */
const seed = 20_261_129;

/** Always the same ones, in the same order. `heldOut`: a fifth that no filter was made with. */
export function completionHoles(): readonly (CutHole & { readonly heldOut: boolean })[] {
  const byLanguage = Map.groupBy(realFiles(), ({ languageId }) => languageId);
  const all = [...byLanguage.values()].flatMap((files) =>
    (['tail', 'inside', 'body'] as const).flatMap((kind) =>
      chosen(
        files.flatMap((file) => inCode(file, cuts[kind](file.text)).map((cut) => cutHole(file, kind, cut))),
        wanted[kind],
      ),
    ),
  );
  return all.map((hole, index) => ({ ...hole, heldOut: index % 5 === 3 }));
}

interface Cut {
  readonly from: number;
  readonly to: number;
}

type Text = ReturnType<typeof realFiles>[number];

function cutHole({ name, languageId, text }: Text, kind: CutHole['kind'], { from, to }: Cut): CutHole {
  const line = text.slice(0, from).split('\n').length;
  const [before, reference, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  return { name: `${name}:${line} ${kind}`, languageId, kind, before, reference, after };
}

/** Without those in comments: a mask of the code is blank there. */
function inCode({ text, languageId }: Text, all: readonly Cut[]): readonly Cut[] {
  const code = maskOf(text, languageId);
  return all.filter(({ from }) => {
    const start = text.lastIndexOf('\n', from - 1) + 1;
    const end = text.indexOf('\n', from);
    return code.slice(start, end < 0 ? undefined : end).trim() !== '' || text.slice(start, from).trim() === '';
  });
}

function chosen(holes: readonly CutHole[], most: number): readonly CutHole[] {
  const [picked = []] = fc.sample(
    fc.shuffledSubarray([...holes], { minLength: Math.min(most, holes.length), maxLength: most }),
    {
      seed,
      numRuns: 1,
    },
  );
  return picked;
}

const comment = /^\s*(?:\/\/|#(?!include|define|if|end|else)|\/?\*|--|"""|''')/;

const cuts: Readonly<Record<CutHole['kind'], (text: string) => readonly Cut[]>> = {
  tail: (text) =>
    linesOf(text).flatMap(({ start, line }) => {
      if (comment.test(line) || line.trimEnd() !== line) return [];
      // Behind a word, a space, a dot or a bracket: people stop there.
      return [...line.matchAll(/(?<=\S.*[\s.(=])(?=[^\s)\]};,])/g)].flatMap(({ index }) => {
        const rest = line.length - index;
        return rest >= 6 && rest <= 90 ? [{ from: start + index, to: start + line.length }] : [];
      });
    }),
  inside: (text) =>
    linesOf(text).flatMap(({ start, line }) => {
      if (comment.test(line)) return [];
      return [...line.matchAll(/(?<=[\w])\(([^()'"`]{5,60})\)(?=[^\w]|$)|(?<=[=(,:] ?)"([^"\\]{5,40})"/g)].map(
        (match) => {
          const inner = match[1] ?? match[2] ?? '';
          const from = start + match.index + 1;
          return { from, to: from + inner.length };
        },
      );
    }),
  body: (text) => bodies(text),
};

interface Line {
  readonly start: number;
  readonly line: string;
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const at = start;
    start += line.length + 1;
    return { start: at, line };
  });
}

/** The lines below one that opens a block, as far as they stand deeper: at most 14 of them. */
function bodies(text: string): readonly Cut[] {
  const lines = linesOf(text);
  return lines.flatMap(({ line }, index) => {
    if (comment.test(line) || !/(?:\{|^\s*(?:def|if|for|while|class|else|elif|try|with|except)\b.*:)$/.test(line))
      return [];
    const indent = indentOf(line);
    const end = lines.findIndex(
      (each, at) => at > index && each.line.trim() !== '' && indentOf(each.line).length <= indent.length,
    );
    let last = end - 1;
    while (last > index && lines[last]?.line.trim() === '') last -= 1;
    const count = last - index;
    const [first, final] = [lines[index + 1], lines[last]];
    if (end < 0 || count < 1 || count > 14 || first === undefined || final === undefined) return [];
    if (first.line.trim() === '' || (line.endsWith('{') && lines[end]?.line.trim().startsWith('}') !== true)) return [];
    return [{ from: first.start + indentOf(first.line).length, to: final.start + final.line.length }];
  });
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
