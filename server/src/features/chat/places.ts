/** What a question mentions by a word: the selection, problems, changes, and the terminal's text. */
import type { DocumentProblems } from '../../ports.ts';
import { lineRuns } from '../../text/lineDiff.ts';
import { problemLine } from '../../text/problemLine.ts';
import { endOf, terminalText } from '../../text/terminalText.ts';
import { shownPath } from '../../tools/paths.ts';
import { attributesOf, partPiece, readFor } from './file.ts';
import type { AskedChange, ComposeParams } from './params.ts';
import {
  type ComposeWorld,
  type Frame,
  fittingLines,
  linesIn,
  linesOf,
  type NotSent,
  type Piece,
  textPiece,
} from './piece.ts';

/** Of a command that is about code, where nobody said which. */
export const noPlace =
  'No code went along: the editor does not tell which file is meant. Name it behind the command, as in /explain @src/a.ts#L5-10.';

export async function selectionPiece(
  world: ComposeWorld,
  { active, selection }: Pick<ComposeParams, 'active' | 'selection'>,
  frame: Frame,
): Promise<Piece | NotSent> {
  if (selection === undefined) {
    const why = active === undefined ? 'the editor does not tell what is selected' : 'nothing is selected';
    return { notSent: `@selection is sent as text alone: ${why}. Name the lines instead, as in @src/a.ts#L5-10.` };
  }
  const { uri, range } = selection;
  const read = await readFor(world, uri, '@selection');
  if ('notSent' in read) return read;
  if ('bytes' in read) return { notSent: '@selection is not sent: it is no text.' };
  const lines = linesIn(range);
  const shown = shownPath(world.files, uri);
  return partPiece({ name: '@selection', uri, shown, ...read, lines, kind: 'selection' }, frame);
}

export async function terminalPiece(
  { outgoing }: ComposeWorld,
  given: string | undefined,
  frame: Frame,
): Promise<Piece | NotSent> {
  if (given === undefined)
    return {
      notSent:
        '@terminal is sent as text alone: this editor does not tell what its terminals show. Paste it into the question.',
    };
  const { text, replaced } = await outgoing.clean(terminalText(given));
  if (text === '') return { notSent: '@terminal is sent as text alone: nothing is selected in a terminal.' };
  const { lines, linesLeftOut } = endOf(text, Math.max(100, Math.min(frame.room, mostTerminalTokens)));
  const notices = linesLeftOut === 0 ? [] : [`@terminal is long: its first ${linesLeftOut} lines are left out.`];
  return textPiece(
    {
      name: '@terminal',
      kind: 'terminal',
      tag: 'terminal',
      attributes: attributesOf({ lines: String(lines.length), ...(linesLeftOut > 0 && { cut: 'only the end' }) }),
      ...{ lines, sources: [], replaced, notices },
    },
    frame,
  );
}

const mostTerminalTokens = 20_000;

const mostProblems = 100;
const longestMessage = 600;

/** Of the workspace where the editor can tell, else of the document that the person sees. */
export async function problemsPiece(
  world: ComposeWorld,
  active: string | undefined,
  frame: Frame,
): Promise<Piece | NotSent> {
  const all = (await world.providers.allProblems()) ?? (await problemsOf(world, active));
  if (all === undefined)
    return {
      notSent: '@problems is sent as text alone: this editor does not tell its problems. Claude can look for them.',
    };
  const found = (await Promise.all(all.map((one) => cleanProblems(world, one)))).flat();
  if (found.length === 0) return { notSent: '@problems is sent as text alone: the editor shows no problems.' };
  const worst = found.toSorted((one, other) => one.severity - other.severity).slice(0, mostProblems);
  const kept = worst.slice(
    0,
    fittingLines(
      worst.map(({ text }) => text),
      frame.room,
    ),
  );
  const more = found.length - kept.length;
  return textPiece(
    {
      name: '@problems',
      kind: 'problems',
      tag: 'problems',
      attributes: attributesOf({ count: String(kept.length), ...(more > 0 && { cut: `${more} more` }) }),
      lines: kept.map(({ text }) => text),
      sources: kept.map(({ uri, line }) => ({ uri, firstLine: line, lastLine: line, part: 'problems' })),
      replaced: kept.flatMap(({ replaced }) => replaced),
      notices: more > 0 ? [`There are ${found.length} problems: the ${kept.length} worst are sent.`] : [],
    },
    frame,
  );
}

async function problemsOf(
  { providers, documents }: ComposeWorld,
  uri: string | undefined,
): Promise<readonly DocumentProblems[] | undefined> {
  const text = uri === undefined ? undefined : documents.get(uri)?.text;
  if (uri === undefined || text === undefined) return undefined;
  const end = { line: linesOf(text).length, character: 0 };
  return [{ uri, problems: await providers.problems(uri, { start: { line: 0, character: 0 }, end }) }];
}

interface CleanProblem {
  readonly uri: string;
  readonly line: number;
  readonly severity: number;
  readonly text: string;
  readonly replaced: readonly string[];
}

/** Messages quote the code: those of files that must not leave stay as well. */
async function cleanProblems(
  world: ComposeWorld,
  { uri, problems }: DocumentProblems,
): Promise<readonly CleanProblem[]> {
  const { excludedFiles } = await world.settings.forDocument(uri);
  if (!(await world.outgoing.mayLeave(uri, excludedFiles))) return [];
  const path = attributesOf({ path: shownPath(world.files, uri) });
  return Promise.all(
    problems.slice(0, mostProblems).map(async (problem) => {
      const { text: message, replaced } = await world.outgoing.clean(problem.message);
      const text = `${path} ${problemLine({ ...problem, message }, longestMessage)}`;
      return { uri, line: problem.range.start.line, severity: problem.severity ?? 1, text, replaced };
    }),
  );
}

const mostChanged = 200;
const longestBefore = 1_500_000;

/** No process of ours is started for it: the editor tells what was there before. */
export async function changesPieces(
  world: ComposeWorld,
  changes: readonly AskedChange[] | undefined,
  frame: Frame,
): Promise<readonly (Piece | NotSent)[]> {
  if (changes === undefined)
    return [
      {
        notSent:
          '@changes is sent as text alone: this editor does not tell what has changed. Ask Claude to run "git diff".',
      },
    ];
  if (changes.length === 0)
    return [{ notSent: '@changes is sent as text alone: nothing has changed since the last commit.' }];
  const pieces: (Piece | NotSent)[] = [];
  let { room } = frame;
  for (const change of changes.slice(0, mostChanged)) {
    const piece = await changePiece(world, change, { ...frame, room });
    if ('attached' in piece) room -= piece.attached.tokens;
    pieces.push(piece);
  }
  if (changes.length > mostChanged)
    pieces.push({ notSent: `${changes.length} files have changed: only the first ${mostChanged} are looked at.` });
  return pieces;
}

async function changePiece(world: ComposeWorld, { uri, before }: AskedChange, frame: Frame): Promise<Piece | NotSent> {
  const path = shownPath(world.files, uri);
  const name = `@changes (${path})`;
  const isThere = world.documents.get(uri) !== undefined || (await world.files.kind(uri)) === 'file';
  const now = isThere ? await readFor(world, uri, name) : await goneFor(world, uri, name);
  if ('notSent' in now) return now;
  if ('bytes' in now || before.length > longestBefore)
    return { notSent: `${name} is not sent: it is no text, or too large.` };
  const old = await world.outgoing.clean(before);
  const lines = changedLines(old.text, now.text);
  if (lines.length === 0) return { notSent: `${name} is not sent: nothing in it has changed.` };
  const count = fittingLines(lines, frame.room);
  if (count === 0) return { notSent: `${name} is not sent: there is no room left for it.` };
  return textPiece(
    {
      name,
      kind: 'changes',
      tag: 'change',
      attributes: attributesOf({
        path,
        ...(!isThere && { state: 'deleted' }),
        ...(before === '' && { state: 'new' }),
        ...(count < lines.length && { cut: 'only the beginning' }),
      }),
      lines: lines.slice(0, count),
      sources: [{ uri, firstLine: 0, lastLine: Math.max(0, linesOf(now.text).length - 1), part: 'changes' }],
      replaced: [...old.replaced, ...now.replaced],
      notices: count < lines.length ? [`${name} is long: ${count} of ${lines.length} changed lines are sent.`] : [],
    },
    frame,
  );
}

/** A file that was deleted: what is sent is how it was, so it is judged as well. */
async function goneFor(
  { outgoing, settings }: ComposeWorld,
  uri: string,
  name: string,
): Promise<{ readonly text: string; readonly replaced: readonly string[] } | NotSent> {
  const { excludedFiles } = await settings.forDocument(uri);
  const mayLeave = await outgoing.mayLeave(uri, excludedFiles);
  return mayLeave ? { text: '', replaced: [] } : { notSent: `${name} is not sent: it stays on this machine.` };
}

const around = 3;

/** As diffs are written: `@@ line @@`, lines before with `-`, lines now with `+`, some around each. */
function changedLines(before: string, now: string): readonly string[] {
  const [old = [], lines = []] = [before, now].map((text) => (text === '' ? [] : linesOf(text)));
  const runs = lineRuns(old, lines);
  const written: string[] = [];
  let next = 0;
  for (const [index, run] of runs.entries()) {
    const from = Math.max(next, run.newStart - around);
    if (from > next || index === 0) written.push(`@@ line ${from + 1} @@`);
    next = Math.min(run.newEnd + around, runs[index + 1]?.newStart ?? lines.length);
    written.push(
      ...lines.slice(from, run.newStart).map((line) => ` ${line}`),
      ...old.slice(run.start, run.end).map((line) => `-${line}`),
      ...lines.slice(run.newStart, run.newEnd).map((line) => `+${line}`),
      ...lines.slice(run.newEnd, next).map((line) => ` ${line}`),
    );
  }
  return written;
}
