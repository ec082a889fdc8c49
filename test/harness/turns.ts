/** Answers of the model in tests of whole conversations: what each says and calls, and why it stops. */
import { type Answer, streamOf } from './scriptedTransport.ts';
import { block, end, json, start, text, written } from './streams.ts';

/** A call of a tool. */
export interface CalledTool {
  readonly call: string;
  readonly id?: string;
  readonly input?: unknown;
  /** The JSON as it comes, in place of `input`. */
  readonly json?: readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
}

/** One answer. */
export interface Turn {
  /** Texts, calls, and blocks as they are. */
  readonly says?: readonly (string | CalledTool | Readonly<Record<string, unknown>>)[];
  /** `tool_use` after a call and `end_turn` otherwise, when absent. */
  readonly stop?: string;
  /** More of `message_start`. */
  readonly begins?: Readonly<Record<string, unknown>>;
  /** More of `message_delta`. */
  readonly ends?: Readonly<Record<string, unknown>>;
}

type Said = NonNullable<Turn['says']>[number];

function isCall(said: Said): said is CalledTool {
  return typeof said === 'object' && typeof said['call'] === 'string';
}

function blockOf(said: Said, index: number, turn: string): ReturnType<typeof block> {
  if (typeof said === 'string') return block(index, { type: 'text', text: '' }, ...text(said));
  if (!isCall(said)) return block(index, said);
  const { call: name, id = `toolu_${turn}_${index}`, input = {}, json: pieces = [JSON.stringify(input)], more } = said;
  return block(index, { type: 'tool_use', id, name, input: {}, ...more }, ...json(...pieces));
}

/** The events of an answer. @param name Makes the ids of its calls unlike those of other answers. */
export function eventsOf({ says = [], stop, begins, ends }: Turn, name = '0') {
  const reason = stop ?? (says.some(isCall) ? 'tool_use' : 'end_turn');
  return [start(begins), ...says.flatMap((said, index) => blockOf(said, index, name)), ...end(reason, ends)];
}

/** One answer for each turn, for a scripted transport. */
export function answersOf(...turns: readonly Turn[]): readonly Answer[] {
  return turns.map((turn, at) => streamOf(written(eventsOf(turn, String(at))), 'end'));
}
