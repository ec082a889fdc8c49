/** What a reader may see of a stream: its events, its text, the inputs of its tools, or the events as they came. */
import type { StreamEvent } from '../schema/events.ts';
import type { RawEvent, Reading } from './reading.ts';
import { type CallBlock, isCall, type ToolInputState, toolInputOf } from './toolInput.ts';

/** Takes from a stream what a reader wants. */
export interface View<Item> {
  /** From an event; undefined to skip it. */
  of(event: StreamEvent): Item | undefined;
  /** From elsewhere: asked before each event, and where there is none. */
  besides?(): Item | undefined;
}

export function allEvents(): View<StreamEvent> {
  return { of: (event) => event };
}

export function textOnly(): View<string> {
  return {
    of: (event) =>
      event.type === 'content_block_delta' && event.delta.type === 'text_delta' && event.delta.text !== ''
        ? event.delta.text
        : undefined,
  };
}

/** A tool's input on its way, with the state and text of its moment. The value is one object that goes on growing. */
export interface ToolInputStep<Name extends string = string, Input = unknown> extends ToolInputState<Input> {
  /** Position of the call in the message's content. */
  readonly index: number;
  /** Whose tool it is: the caller's (`tool_use`), the service's, or that of an MCP server. */
  readonly type: CallBlock['type'];
  /** The id of the call, which its result has to name. */
  readonly id: string;
  /** The name of the tool. */
  readonly name: Name;
}

/** A step of one of several tools; the types of their inputs stand under their names. */
export type ToolInputStepOf<Inputs> = {
  [Name in keyof Inputs & string]: ToolInputStep<Name, Inputs[Name]>;
}[keyof Inputs & string];

/** Each piece of a tool's input, and the end of each. */
export function toolInputs(reading: Reading): View<ToolInputStep> {
  const open = new Set<number>();
  return {
    of(event) {
      switch (event.type) {
        case 'content_block_start':
          if (isCall(event.content_block)) open.add(event.index);
          return undefined;
        case 'content_block_delta':
          return event.delta.type === 'input_json_delta' && open.has(event.index)
            ? stepOf(reading, event.index)
            : undefined;
        case 'content_block_stop':
          return open.delete(event.index) ? stepOf(reading, event.index) : undefined;
        default:
          return undefined;
      }
    },
    besides() {
      // What is still open when the stream has ended was cut.
      const [index] = reading.ending === undefined ? [] : open;
      if (index === undefined) return undefined;
      open.delete(index);
      return stepOf(reading, index);
    },
  };
}

function stepOf({ message }: Reading, index: number): ToolInputStep | undefined {
  const block = message?.content[index];
  const input = block === undefined ? undefined : toolInputOf(block);
  if (block === undefined || input === undefined || !isCall(block)) return undefined;
  const { type, id, name } = block;
  const { state, text } = input;
  return {
    index,
    type,
    id,
    name,
    state,
    text,
    get value() {
      return input.value;
    },
  };
}

/** From now on the stream is read the long way, and its events are kept until they are taken. */
export function rawEvents(reading: Reading): View<RawEvent> {
  const waiting: RawEvent[] = [];
  reading.raw = waiting;
  const first = () => waiting.shift();
  return { of: first, besides: first };
}
