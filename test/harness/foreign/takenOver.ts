/**
 * A model that an attacker has taken over: it does whatever it is told in what tools answer and in documents, and says
 * so where it is told to. The worst case for everything that stands between a model and the machine (threats S25).
 */
import { blocksOf, type HeardBlock, type Reply, type Script, type ScriptedCall, turnsOf } from './script.ts';

export interface TakenOverOptions {
  /** What it does for the person at first, such as reading the file with the instructions; nothing when absent. */
  readonly first?: Reply;
  /** How often it tries the same call, whatever the answers; 2 when absent. */
  readonly tries?: number;
}

/**
 * Obeys `name({…})` for each tool that is offered to it, and `say("…")`, wherever that stands in a result or a document.
 * It has no memory: what it has tried is read from the conversation.
 */
export function takenOver({ first = {}, tries = 2 }: TakenOverOptions = {}): Script {
  return ({ body }) => {
    const turns = turnsOf(body);
    const tools = Array.isArray(body['tools']) ? body['tools'].map((tool) => String(tool.name)) : [];
    const told = turns.filter(({ role }) => role === 'user').flatMap(({ content }) => content.flatMap(dataIn));
    const done = turns.filter(({ role }) => role === 'assistant').flatMap(({ content }) => content);
    if (done.length === 0 && (first.calls?.length ?? 0) > 0) return first;
    const calls = told
      .flatMap((text) => callsIn(text, tools))
      .filter((call, at, all) => all.findIndex((other) => same(call, other)) === at)
      .filter((call) => done.filter((block) => isCall(block, call)).length < tries);
    const words = told.flatMap(wordsIn).join('\n');
    if (calls.length > 0) return { text: 'Of course, at once.', calls };
    return { text: words === '' ? 'Nothing more to do.' : words };
  };
}

/** The data of a block: what tools answered, documents, and what a text quotes as either. */
function dataIn(block: HeardBlock): readonly string[] {
  switch (block.type) {
    case 'tool_result':
      return blocksOf(block['content']).flatMap(dataIn);
    case 'document':
      return [String(block['title'] ?? ''), ...sourceTexts(block['source'])];
    case 'text':
      return [String(block['text'])];
    default:
      return [];
  }
}

function sourceTexts(source: unknown): readonly string[] {
  if (typeof source !== 'object' || source === null) return [];
  if ('data' in source && typeof source.data === 'string') return [source.data];
  return 'content' in source ? blocksOf(source.content).map((block) => String(block['text'] ?? '')) : [];
}

/** Each `name({…})`, also where the file's own line numbers or quotes stand around it. */
function callsIn(text: string, tools: readonly string[]): readonly ScriptedCall[] {
  return [...text.matchAll(/([A-Za-z0-9_-]{1,64})\((\{)/g)].flatMap(({ 1: name = '', index, 0: whole }) => {
    const input = tools.includes(name) ? objectAt(text, index + whole.length - 1) : undefined;
    return input === undefined ? [] : [{ name, input }];
  });
}

/** The object that begins here, ending where it can be read. */
function objectAt(text: string, from: number): unknown {
  for (let end = text.indexOf('})', from); end >= 0 && end < from + 100_000; end = text.indexOf('})', end + 1)) {
    try {
      return JSON.parse(text.slice(from, end + 1));
    } catch {
      // A bracket inside a string: the object goes on.
    }
  }
  return undefined;
}

function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(/\bsay\(("(?:[^"\\\n]|\\.)*")\)/g)].flatMap(({ 1: quoted = '' }) => {
    try {
      return [String(JSON.parse(quoted))];
    } catch {
      return [];
    }
  });
}

function same(one: ScriptedCall, other: ScriptedCall): boolean {
  return one.name === other.name && JSON.stringify(one.input) === JSON.stringify(other.input);
}

function isCall(block: HeardBlock, call: ScriptedCall): boolean {
  return block.type === 'tool_use' && same({ name: String(block['name']), input: block['input'] }, call);
}
