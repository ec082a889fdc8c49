/** What the rules change in the files that a chat has read: simple transformations that the demo's refactorings know. */
import { isAsBalanced } from '../edits/balance.ts';
import { callsFor, type EditInput } from '../edits/calls.ts';
import { applied, tidied } from '../edits/changes.ts';
import { outcomeOf } from '../edits/editStep.ts';
import { languageOf } from './places.ts';
import type { ReadFile } from './story.ts';

export interface FileEdit {
  readonly path: string;
  /** What it does, in a sentence. */
  readonly text: string;
  /** Counted from 1: where the first change is. */
  readonly line: number;
  readonly inputs: readonly EditInput[];
}

/** Longer files are left alone. */
const longestFile = 200_000;

/** Wishes that name no deed: each file gets the first thing that there is to do. */
const vague = /^[^.!?\n]*\b(?:tidy|clean|improve|refactor|change|edit|aufr[äa]um|räum|verbesser)\w*/i;

/** The change that the wish means for a file; undefined where there is nothing to do. */
export function editFor(file: ReadFile, wish: string): FileEdit | undefined {
  if (file.lines.join('\n').length > longestFile) return undefined;
  const isVague = vague.test(wish) && !specific.test(wish);
  const tries: readonly (readonly [string, string])[] = isVague
    ? [
        ['simplify', wish],
        ['instruct', 'sort the imports'],
        ['document', wish],
        ['modernise', wish],
      ]
    : [['instruct', wish]];
  for (const [action, instruction] of tries) {
    const edit = tried(file, action, instruction);
    if (edit !== undefined) return edit;
  }
  return undefined;
}

const specific =
  /\b(?:sort|document|doc|comment|rename|simplif|moderni|types?|tests?|async|parameter|logging|guard)\w*/i;

function tried({ path, lines, firstLine }: ReadFile, action: string, instruction: string): FileEdit | undefined {
  const language = languageOf(path);
  const { text, changes = [] } = outcomeOf({
    action,
    path,
    from: firstLine + 1,
    to: firstLine + lines.length,
    about: 'English',
    symbol: undefined,
    wish: instruction,
    instruction,
    problems: [],
    neighbours: [],
    file: { language, lines, firstLine },
  });
  const tidy = tidied(lines, changes);
  const [first] = tidy;
  if (first === undefined || !isAsBalanced(lines.join('\n'), applied(lines, tidy).join('\n'), language))
    return undefined;
  return { path, text, line: firstLine + first.from + 1, inputs: callsFor({ path, lines, firstLine }, changes) };
}

/** The calls for it: where the tool takes several replacements at once, one. */
export function callInputs({ path, inputs }: FileEdit, takesSeveral: boolean): readonly unknown[] {
  const replacements = inputs.flatMap((input) => (input.command === 'str_replace' ? [input] : []));
  if (!takesSeveral || replacements.length < 2 || replacements.length < inputs.length) return inputs;
  return [{ command: 'edits', path, edits: replacements.map(({ old_str, new_str }) => ({ old_str, new_str })) }];
}
