/** Moves the selected lines into a function of their own behind the one that they are in, and calls it where they were. */
import { code as inCode } from '../wording.ts';
import type { Change } from './changes.ts';
import { type Declaration, declarationsIn, visibleAt } from './declarations.ts';
import { isAmongMembers, openJumps, refusalFor, type Stretch, stretchOf } from './extractChecks.ts';
import { type Extraction, type Value, written } from './extractForms.ts';
import { placeFor } from './extractPlace.ts';
import { typeOfName } from './extractTypes.ts';
import { type CodeFunction, functionsOf, isCallable } from './functions.ts';
import type { Job, Outcome } from './job.ts';
import { isWrittenAt } from './modernVariables.ts';
import { nameFor } from './naming.ts';
import { occurrencesOf } from './occurrences.ts';
import { isBlank, type Source } from './source.ts';
import { ownerOf } from './targets.ts';

export function extract({ source, from, to }: Job): Outcome {
  const stretch = stretchOf(source, from, to);
  if (stretch === undefined) return { text: 'There is no code in the selection.' };
  const around = functionsOf(source).findLast(
    ({ body }) => body !== undefined && body.from <= stretch.start && stretch.end <= body.to,
  );
  const refusal = refusalFor(source, stretch) ?? placeRefusal(source, stretch, around);
  if (refusal !== undefined) return { text: refusal };
  const extraction = analysed(source, stretch, around);
  if (typeof extraction === 'string') return { text: extraction };
  const place = placeFor(source, stretch, around);
  const form = written(source, extraction);
  if (form === undefined) return { text: unwritten(source) };
  const call: Change = {
    from: stretch.first,
    to: stretch.last + 1,
    lines: form.call.map((line) => stretch.indent + line),
  };
  const own = form.lines.map((line) => (isBlank(line) ? '' : line));
  const gap = place.gap(own);
  return {
    text: `The lines are now ${inCode(extraction.name)}, by rules that know names but no types of other files.`,
    changes: [call, { from: place.line, to: place.line, lines: gap }],
  };
}

function unwritten({ syntax }: Source): string {
  return syntax.family === 'other' || syntax.family === 'swift'
    ? 'The rules know no way to extract a function in this language.'
    : 'The rules cannot tell what a function of these lines would have to take and return.';
}

function placeRefusal(source: Source, stretch: Stretch, around: CodeFunction | undefined): string | undefined {
  const { family } = source.syntax;
  if (around !== undefined && around.symbol.kind === 6 && family !== 'go') {
    const owner = ownerOf(source, around.symbol);
    if (owner === undefined || isCallable(owner))
      return 'The selected lines are in a method of an object, where the rules find no place for a function.';
  }
  if (around === undefined && !['script', 'python'].includes(family))
    return 'The selected lines are in no function that the rules can see.';
  if (isAmongMembers(source, stretch)) return 'The selected lines are no statements, so the rules cannot move them.';
  return undefined;
}

/** More values than these are no function that anybody would write. */
const mostValues = 16;

/** What goes in and what comes out; a sentence where that cannot be told. */
function analysed(source: Source, stretch: Stretch, around: CodeFunction | undefined): Extraction | string {
  const masked = source.masked.slice(stretch.start, stretch.end);
  const visible = namesBefore(source, stretch, around);
  const own = ownDeclarations(source, stretch);
  const used = usedOf(source, stretch, visible, own);
  const changed = new Set(used.filter(({ isChanged }) => isChanged).map(({ name }) => name));
  const end = around?.body?.to ?? source.masked.length;
  const isSeen = (name: string) => occurrencesOf(source, name).some((at) => at >= stretch.end && at < end);
  const repeats = isInLoop(source, stretch, around);
  const returned = [...changed].filter((name) => !own.has(name) && (repeats || isSeen(name)));
  const made = [...own.values()].filter(({ name }) => isSeen(name));
  const returns = openJumps(source, stretch).includes('return');
  if (returns && !endsInReturn(source, stretch))
    return 'The selected lines return from their function in the middle, so the rules cannot move them.';
  if (made.some(({ word }) => /^(?:function|class|def)$/.test(word)))
    return 'The selected lines declare a function that is used behind them, so the rules leave them.';
  if (used.length + made.length > mostValues) return 'Too many values go in or come out of the selected lines.';
  const value = (name: string, declaration: Declaration | undefined): Value => ({
    name,
    type: typeOfName(source, around, name, declaration),
    word: declaration?.word ?? '',
    isNew: own.has(name),
    changes: changed.has(name),
  });
  const outputs = [
    ...returned.map((name) => value(name, visible.get(name))),
    ...made.map((declaration) => value(declaration.name, declaration)),
  ];
  return {
    name: nameFor(source, stretch.first, stretch.last),
    stretch,
    around,
    inputs: used.map(({ name }) => value(name, visible.get(name))),
    outputs: returns ? [] : outputs,
    returns,
    isAsync: /(?<![\w$.])await\b/.test(masked),
    usesSelf: /(?<![\w$.])(?:this|self|cls)\b/.test(masked),
  };
}

interface Use {
  readonly name: string;
  readonly first: number;
  readonly isChanged: boolean;
}

/** Names of outside that the lines use, in the order of their first place. */
function usedOf(
  source: Source,
  { start, end }: Stretch,
  visible: ReadonlyMap<string, Declaration>,
  own: ReadonlyMap<string, Declaration>,
): readonly Use[] {
  const found = [...visible.keys()].flatMap((name): readonly Use[] => {
    const places = occurrencesOf(source, name).filter((at) => at >= start && at < end);
    const [first] = places;
    if (first === undefined) return [];
    // Declared in the lines before it is used there, it is another one than outside.
    const declared = own.get(name);
    if (declared !== undefined && declared.word !== '' && declared.at <= first) return [];
    return [{ name, first, isChanged: places.some((at) => writes(source, at, name)) }];
  });
  return found.toSorted((one, other) => one.first - other.first);
}

/** Parameters and locals of the function; of code outside of functions, what its block alone knows. */
function namesBefore(
  source: Source,
  stretch: Stretch,
  around: CodeFunction | undefined,
): ReadonlyMap<string, Declaration> {
  if (around === undefined && source.syntax.byIndent) return new Map();
  const from = around?.body?.from ?? source.startOf(outermostLine(source, stretch));
  const locals =
    around === undefined && from >= stretch.start
      ? new Map<string, Declaration>()
      : visibleAt(source, from, stretch.start);
  const parameters = (around?.parameters ?? []).flatMap((parameter): readonly (readonly [string, Declaration])[] => {
    const { name, start, end, type, value } = parameter;
    const names =
      name === '' ? (source.masked.slice(start, end).match(/[A-Za-z_$][\w$]*(?=\s*[,}\]=])/g) ?? []) : [name];
    return names.map((each) => [
      each,
      { name: each, at: start, type: name === '' ? undefined : type, value, word: 'parameter', isForBlock: false },
    ]);
  });
  return new Map([...parameters, ...receiver(source, around), ...locals]);
}

function receiver(source: Source, around: CodeFunction | undefined): readonly (readonly [string, Declaration])[] {
  const match =
    source.syntax.family === 'go' && around !== undefined
      ? /^func\s*\(\s*(\w+)\s+([*\w[\], ]+)\)/.exec(source.masked.slice(around.start, around.open))
      : null;
  if (match === null) return [];
  const [, name = '', type = ''] = match;
  return [[name, { name, at: around?.start ?? 0, type, value: undefined, word: 'receiver', isForBlock: false }]];
}

/** The line where the outermost bracket around the lines opens; their own first line where there is none. */
function outermostLine(source: Source, { start, first }: Stretch): number {
  let depth = 0;
  let line = first;
  for (let at = 0; at < start; at++) {
    const character = source.masked.charAt(at);
    if ('([{'.includes(character) && source.partner(at) > start && depth++ === 0) line = source.lineAt(at);
  }
  return line;
}

/** What the lines declare themselves and not in a block of theirs: the first of each name. */
function ownDeclarations(source: Source, { start, end }: Stretch): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  let depth = 0;
  let here = start;
  for (const declaration of declarationsIn(source, start, end)) {
    for (; here < declaration.at && !source.syntax.byIndent; here++) {
      const character = source.masked.charAt(here);
      if (character === '{') depth++;
      else if (character === '}') depth--;
    }
    if (depth === 0 && !declaration.isForBlock && !found.has(declaration.name))
      found.set(declaration.name, declaration);
  }
  return found;
}

function writes({ masked, syntax }: Source, at: number, name: string): boolean {
  if (isWrittenAt(masked, at, name)) return true;
  const before = masked.slice(Math.max(0, at - 60), at);
  const behind = masked.slice(at + name.length, at + name.length + 120);
  if (
    syntax.byIndent &&
    /(?:^|\n)[ \t]*(?:\w+\s*,\s*)*$/.test(before) &&
    /^(?:\s*,\s*\w+)*\s*(?::[^=\n]*)?=(?!=)/.test(behind)
  )
    return true;
  if (syntax.byIndent) return /\b(?:for|as)\s+(?:\w+\s*,\s*)*$/.test(before);
  return /(?:^|[;{}\n])\s*(?:\w+\s*,\s*)*$/.test(before) && /^(?:\s*,\s*\w+)*\s*=(?!=)/.test(behind);
}

function isInLoop(source: Source, { start, first, indent }: Stretch, around: CodeFunction | undefined): boolean {
  const from = around?.body?.from ?? 0;
  if (source.syntax.byIndent) {
    const firstLine = around?.body?.first ?? 0;
    let width = indent.length;
    for (let line = first - 1; line >= firstLine; line--) {
      const text = source.maskedLine(line);
      const own = /^\s*/.exec(text)?.[0].length ?? 0;
      if (isBlank(text) || own >= width) continue;
      width = own;
      if (/^\s*(?:async\s+)?(?:for|while)\b/.test(text)) return true;
    }
    return false;
  }
  for (let at = from; at < start; at++) {
    if (source.masked.charAt(at) !== '{' || source.partner(at) < start) continue;
    if (/\b(?:for|while|do|loop|foreach)\b[^{}]*$/.test(source.masked.slice(Math.max(from, at - 300), at))) return true;
  }
  return false;
}

function endsInReturn(source: Source, { first, last, indent }: Stretch): boolean {
  let statement = '';
  for (let line = first; line <= last; line++) {
    const text = source.maskedLine(line);
    if (!isBlank(text) && text.startsWith(indent) && !/^\s*[)\]}]/.test(text) && !/^\s/.test(text.slice(indent.length)))
      statement = text.trim();
  }
  return /^return\b/.test(statement);
}
