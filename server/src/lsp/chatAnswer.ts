/** What Gloss answered to a question, from the entries of it: the model's words, a line for each call, what it cost. */
import { safeMarkdown } from '#shared/markdown.ts';
import type { CallNote, Entry } from '../ports.ts';
import { demoted, fencedEnd } from './chatFences.ts';
import { type Block, blocksOf, costOf, firstSentence, notesIn } from './chatTurns.ts';
import { noteLine, notice } from './chatWaiting.ts';
import { plain } from './plainWords.ts';

export interface AnswerLook {
  /** What became of a group of edits, a line for each of them; empty where nothing is known. */
  stateOf(group: string): string;
  /** A tool whose result is worth reading: the output of commands. */
  showsOutput(tool: string): boolean;
}

/** @param works The calls of its end may still run: they are shown by those who know. */
export function answerText(answer: readonly Entry[], look: AnswerLook, works = false): string {
  const parts = together(answerParts(answer, look, works ? answer.at(-1) : undefined));
  return parts.join('\n\n');
}

function answerParts(answer: readonly Entry[], look: AnswerLook, working: Entry | undefined): readonly string[] {
  const notes = notesIn(answer);
  return answer.flatMap((entry) => entryParts(entry, { notes, look, works: entry === working }));
}

/** Lines of a list that follow each other are one list. */
function together(parts: readonly string[]): readonly string[] {
  return parts.reduce<string[]>((all, part) => {
    const last = all.at(-1);
    if (last !== undefined && part.startsWith('- ') && /^- .*$/.test(lastLine(last)))
      all[all.length - 1] = `${last}\n${part}`;
    else all.push(part);
    return all;
  }, []);
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

interface Drawing {
  readonly notes: ReadonlyMap<string, CallNote>;
  readonly look: AnswerLook;
  readonly works: boolean;
}

function entryParts({ content }: Entry, { notes, look, works }: Drawing): readonly string[] {
  switch (content.kind) {
    case 'asked':
      return [];
    case 'answered': {
      const cut = content.cut === undefined ? [] : [`*It broke off: ${plain(content.cut)}*`];
      return [...blocksOf(content.turn.content).flatMap((block) => blockParts(block, notes, works)), ...cut];
    }
    case 'results':
      return [
        ...blocksOf(content.turn.content).flatMap((block) => resultParts(block, notes, look)),
        ...content.said.map((text) => `> ${plain(text, 1_000)}`),
      ];
    case 'compacted':
      return ['*For the model, everything above was summed up. It stays here as it is.*'];
    case 'noted':
      return [notice(content.text)];
  }
}

function blockParts(block: Block, notes: ReadonlyMap<string, CallNote>, works: boolean): readonly string[] {
  const { type, text, thinking, id, name } = block;
  if (type === 'text' && typeof text === 'string') return text.trim() === '' ? [] : [demoted(safeMarkdown(text))];
  if (type === 'thinking' && typeof thinking === 'string')
    return thinking.trim() === '' ? [] : [`*Thought: ${plain(thinking, 80)}*`];
  if (type !== 'tool_use' || typeof id !== 'string') return [];
  const note = notes.get(id);
  // Its line is with its result.
  return note === undefined && !works ? [`- ${plain(String(name))} (not done)`] : [];
}

function resultParts(block: Block, notes: ReadonlyMap<string, CallNote>, look: AnswerLook): readonly string[] {
  const note = typeof block.tool_use_id === 'string' ? notes.get(block.tool_use_id) : undefined;
  if (block.type !== 'tool_result' || note === undefined) return [];
  const edits = note.groups.map(look.stateOf).filter((state) => state !== '');
  const line = [
    `${noteLine(note)}${whyNot(block, note, look)}`,
    ...edits.flatMap((state) => state.split('\n')).map((each) => `  - ${plain(each)}`),
  ].join('\n');
  const output = look.showsOutput(note.tool)
    ? fencedEnd(
        blocksOf(block.content)
          .map(({ text }) => String(text ?? ''))
          .join('\n'),
      )
    : '';
  return output === '' ? [line] : [line, output];
}

/** In a sentence; empty where it was done, or where its output stands below. */
function whyNot(block: Block, { outcome, tool }: CallNote, look: AnswerLook): string {
  if ((outcome !== 'failed' && outcome !== 'refused') || look.showsOutput(tool)) return '';
  const sentence = firstSentence(block);
  return sentence === '' ? '' : `: ${plain(sentence, 200)}`;
}

/** What all of an answer cost; empty where nothing was paid. */
export function costLine(answer: readonly Entry[]): string {
  const cost = costOf(answer);
  if (cost === undefined) return '';
  const { usage, model, demo } = cost;
  const read = usage.cacheReadTokens;
  const input = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  const price = usage.price === undefined ? [] : [dollarsOf(usage.price)];
  const by = demo ? ['demo backend'] : model === '' ? [] : [plain(model, 80)];
  const cached = read === 0 ? '' : ` (${read} from the cache)`;
  return `*${[`${input} tokens in${cached}, ${usage.outputTokens} out`, ...price, ...by].join(' · ')}*`;
}

export function dollarsOf(dollars: number): string {
  return dollars === 0 ? '$0' : `$${dollars.toFixed(dollars < 0.1 ? 4 : 2)}`;
}
