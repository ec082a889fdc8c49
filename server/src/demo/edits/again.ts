/** What follows on the editor's answers: an edit that found no place is tried once more with more lines around it, then there is an end. */

import { askedAt, type CallBlock, callsIn, resultsIn, type Turn } from '../turns.ts';
import { counted } from '../wording.ts';
import { type EditInput, standsOnce } from './calls.ts';
import type { EditTask } from './task.ts';

interface Said {
  /** With what parts it from the disclaimer. */
  readonly text: string;
  readonly inputs: readonly EditInput[];
}

/** Undefined where the last turn is not the editor's answer to calls. */
export function again(messages: readonly Turn[], task: EditTask, tool: string): Said | undefined {
  const last = messages.at(-1);
  const results = last === undefined ? [] : resultsIn(last);
  if (results.length === 0) return undefined;
  const since = messages.slice(askedAt(messages) + 1);
  const calls = since.flatMap(callsIn).filter(({ name }) => name === tool);
  const failed = results.filter(({ isError }) => isError);
  if (failed.length === 0) return { text: closing(results.length), inputs: [] };
  const tries = since.filter((turn) => callsIn(turn).length > 0).length;
  const lost = failed.filter(({ text }) => isLost(text));
  if (tries > 1 || lost.length === 0) return { text: gaveUp(failed.length, failed[0]?.text ?? ''), inputs: [] };
  const done = calls.filter(({ id }) => results.some((result) => result.id === id && !result.isError));
  const lines = withDone(task.file.lines, done);
  const inputs = lost.flatMap(
    ({ id }) =>
      widened(
        lines,
        calls.find((call) => call.id === id),
      ) ?? [],
  );
  if (inputs.length === 0) return { text: gaveUp(failed.length, failed[0]?.text ?? ''), inputs: [] };
  return { text: `Once more, with more lines around ${inputs.length === 1 ? 'it' : 'them'}. `, inputs };
}

function closing(count: number): string {
  return `Done: ${counted(count, 'edit')} made. `;
}

function gaveUp(count: number, why: string): string {
  const said = why
    .replace(/[`\s]+/g, ' ')
    .trim()
    .slice(0, 120);
  return `The rules give up on ${counted(count, 'edit')}${said === '' ? '' : ` (\`${said}\`)`}. `;
}

/** The old text did not stand in the file, or stood there several times. */
function isLost(text: string): boolean {
  return /not (?:be )?found|no match|did(?: not|n't) (?:match|appear|find)|does not (?:stand|appear|match|exist)|nowhere|multiple|several|more than once|\btimes\b|\btwice\b|not unique|ambiguous|occurrences/i.test(
    text,
  );
}

interface Replacement {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

function replacementOf(call: CallBlock | undefined): Replacement | undefined {
  const input = call?.input;
  if (typeof input !== 'object' || input === null || !('old_str' in input) || typeof input.old_str !== 'string')
    return undefined;
  const path = 'path' in input && typeof input.path === 'string' ? input.path : '';
  return {
    path,
    before: input.old_str,
    after: 'new_str' in input && typeof input.new_str === 'string' ? input.new_str : '',
  };
}

/** The file as it is when what worked has been done. */
function withDone(lines: readonly string[], calls: readonly CallBlock[]): readonly string[] {
  let text = lines.join('\n');
  for (const call of calls) {
    const replacement = replacementOf(call);
    const at = replacement === undefined ? -1 : text.indexOf(replacement.before);
    if (replacement !== undefined && at >= 0)
      text = text.slice(0, at) + replacement.after + text.slice(at + replacement.before.length);
  }
  return text.split('\n');
}

/** Lines more on each side; all the more until the text stands once. */
const linesMore = 2;

function widened(lines: readonly string[], call: CallBlock | undefined): EditInput | undefined {
  const replacement = replacementOf(call);
  if (replacement === undefined) return undefined;
  const { path, before, after } = replacement;
  const own = before.split('\n');
  const start = lines.findIndex(
    (line, index) => line === own[0] && own.every((each, offset) => lines[index + offset] === each),
  );
  if (start < 0) return undefined;
  const text = lines.join('\n');
  for (let more = linesMore; more <= 64; more *= 2) {
    const [from, to] = [Math.max(0, start - more), Math.min(lines.length, start + own.length + more)];
    const wide = lines.slice(from, to).join('\n');
    if (!standsOnce(text, wide)) continue;
    const behind = lines.slice(start + own.length, to);
    return {
      command: 'str_replace',
      path,
      old_str: wide,
      new_str: [...lines.slice(from, start), after, ...behind].join('\n'),
    };
  }
  return undefined;
}
