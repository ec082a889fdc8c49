/** Runs of tools in tests: a scripted model, and what the run told and sent. */
import { expect } from 'vitest';
import * as z from 'zod';
import {
  type ClaudeOptions,
  type MessageRequest,
  type RunEvent,
  type ToolContext,
  type ToolRun,
  type ToolRunOptions,
  tool,
} from '../../server/src/claude/index.ts';
import { clientFor, request } from './claudeCalls.ts';
import { brokenRules } from './historyRules.ts';
import type { Answer } from './scriptedTransport.ts';
import { answersOf, type Turn } from './turns.ts';

/** A tool that takes anything and does this. */
export function doing(
  name: string,
  run: (input: Record<string, unknown>, context: ToolContext) => unknown = () => 'ok',
  traits: { readonly readOnly?: boolean; readonly exclusive?: boolean } = {},
) {
  return tool({ name, input: z.looseObject({}), run, ...traits });
}

export interface Setup {
  readonly params?: Partial<MessageRequest>;
  readonly options?: ToolRunOptions;
  readonly client?: Partial<ClaudeOptions>;
  readonly answers?: readonly Answer[];
}

/** A run whose model answers with these turns, the last one again and again. */
export function runOf(turns: readonly Turn[], { params, options, client, answers = answersOf(...turns) }: Setup = {}) {
  const { claude, clock, transport } = clientFor(answers, { retries: { attempts: 1, random: () => 0.5 }, ...client });
  const run = claude.messages.runTools({ ...request, ...params }, options);
  return {
    claude,
    clock,
    transport,
    run,
    /** The bodies that were sent, each judged by the rules of the loop. */
    bodies(): readonly (MessageRequest & Record<string, unknown>)[] {
      const bodies = transport.requests.map(({ body }) => JSON.parse(String(body)));
      for (const { messages } of bodies) expect(brokenRules(messages)).toEqual([]);
      return bodies;
    },
  };
}

/** All that a run tells, up to its end. */
export async function toldBy(run: ToolRun): Promise<readonly RunEvent[]> {
  const told: RunEvent[] = [];
  for await (const event of run) told.push(event);
  return told;
}

/** The events of a run in short, streams left out. */
export function inShort(told: readonly RunEvent[]): readonly string[] {
  return told.flatMap((event) => {
    switch (event.type) {
      case 'stream':
        return [];
      case 'tool_started':
      case 'tool_progress':
        return [`${event.type} ${event.call.name}`];
      case 'tool_finished':
        return [`tool_finished ${event.call.name} ${event.outcome}`];
      case 'limit_reached':
        return [`limit_reached ${event.limit}`];
      case 'finished':
        return [`finished ${event.ending.reason}`];
      default:
        return [event.type];
    }
  });
}

/** The results in the last message that is one of results. */
export function lastResults(messages: MessageRequest['messages']): readonly Record<string, unknown>[] {
  const last = messages.findLast(({ role, content }) => role === 'user' && typeof content !== 'string');
  // The messages of these tests come from the client: they are lists of blocks.
  return (last?.content ?? []) as unknown as readonly Record<string, unknown>[];
}

/** The names of the tools that a request has. */
export function toolNames({ tools = [] }: Pick<MessageRequest, 'tools'>): readonly unknown[] {
  return tools.map((given) => ('name' in given ? given.name : undefined));
}
