/** What a long chat comes down to when the request wants it summarised: who asked what, what was read, changed and decided. */
import type { MessagesBody } from '../body.ts';
import { callsIn, resultsIn } from '../turns.ts';
import { bullets, code, disclaimer } from '../wording.ts';
import { editTool, glossIn, wordsOf } from './story.ts';

const mostQuestions = 20;
const mostFiles = 50;

/** Undefined where no summary is asked for: the parameter of the API says so, or the words do where tools are switched off. */
export function recapFor(body: MessagesBody): string | undefined {
  const last = body.messages.at(-1);
  const isAsked = body.tool_choice?.type === 'none' && /^Summari[sz]e this conversation\b/m.test(wordsOf(last));
  if (body.compaction?.type !== 'summarize' && !isAsked) return undefined;
  const { messages } = body;
  const failed = new Set(messages.flatMap(resultsIn).flatMap(({ id, isError }) => (isError ? [id] : [])));
  const calls = messages.flatMap(callsIn).filter(({ id }) => !failed.has(id));
  const paths = (tool: string) => calls.filter(({ name }) => name === tool).flatMap(({ input }) => pathIn(input));
  const questions = messages.map(wordsOf).filter((words) => words !== '' && !/^Summari[sz]e this/m.test(words));
  const fates = messages
    .flatMap((turn) => glossIn(turn).split('\n'))
    .filter((line) => /accepted|rejected|taken back/.test(line));
  const parts = [
    list('Asked so far', questions.slice(-mostQuestions)),
    list('Read', files(paths('read'))),
    list('Changed', files(paths(editTool))),
    list('Decided by the developer', fates.slice(-mostQuestions)),
    disclaimer,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function pathIn(input: unknown): readonly string[] {
  return typeof input === 'object' && input !== null && 'path' in input ? [String(input.path)] : [];
}

function files(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].slice(-mostFiles).map(code);
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0
    ? ''
    : `${title}:\n${bullets(items.map((item) => item.replace(/\s+/g, ' ').slice(0, 300)))}`;
}
