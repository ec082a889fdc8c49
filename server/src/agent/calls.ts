/** The calls of a question: what each would really do, whether it may, and what came of it. */

import type { LiveCall } from '../chat.ts';
import {
  type Approval,
  type MessageRequest,
  type ProposedCall,
  type ToolContext as RunContext,
  type RunEvent,
  tool as runnable,
  ToolError,
} from '../claude/index.ts';
import type { CallNote, ChatWorld, Source, ToolStep } from '../ports.ts';
import type { Effective, Tool, ToolAnswer, ToolContext, ToolSession } from '../tool.ts';
import type { Admission, Approvals } from './approvals.ts';
import { hashOf } from './effectiveHash.ts';

export interface CallsParts {
  readonly world: ChatWorld;
  readonly tools: readonly Tool[];
  readonly session: ToolSession;
  readonly signal: AbortSignal;
  readonly approvals: Pick<Approvals, 'admit' | 'heard'>;
  /** Whether a call of this effect may begin before it is whole. */
  mayGrow(tool: Tool): boolean;
  /** Edits were proposed, or made. */
  onEdits(groups: readonly string[]): void;
  onChange(call: LiveCall): void;
}

export interface Calls {
  /** The request with tools that can be run. */
  runnable(request: MessageRequest): MessageRequest;
  hear(step: ToolStep): Promise<void>;
  approve(call: ProposedCall): Promise<Approval>;
  onEvent(event: RunEvent): void;
  /** Calls that ended since the last time. Resolves when what they had begun is put back. */
  taken(): Promise<Taken>;
  /** The answer broke off: what grows goes. */
  abandon(reason: string): Promise<void>;
  live(): readonly LiveCall[];
}

export interface Taken {
  readonly notes: readonly CallNote[];
  readonly sources: readonly Source[];
  readonly replaced: readonly string[];
}

/** A call on its way. */
interface Running {
  readonly tool: Tool | undefined;
  readonly context: ToolContext;
  live: LiveCall;
  /** What may be done: exactly that, by its hash (threats S4). */
  allowed: { readonly effective: Effective; readonly hash: string } | undefined;
  leave: Admission['verdict'] | 'impossible' | undefined;
  /** Its input has begun to take effect. */
  isGrowing: boolean;
  answer: ToolAnswer | undefined;
}

/** Characters of a result; tools page long before. */
const longestResult = 400_000;

export function createCalls(parts: CallsParts): Calls {
  const running = new Map<string, Running>();
  const ending: Promise<void>[] = [];
  let notes: CallNote[] = [];
  let sources: Source[] = [];
  let replaced: string[] = [];

  const find = (id: string, name: string): Running => {
    const present = running.get(id);
    if (present !== undefined) return present;
    const tool = parts.tools.find((each) => each.name === name);
    const made: Running = {
      tool,
      context: contextOf(parts, id, (detail) => show(made, { detail })),
      live: { id, tool: name, title: name, state: 'writing', detail: '' },
      allowed: undefined,
      leave: undefined,
      isGrowing: false,
      answer: undefined,
    };
    running.set(id, made);
    parts.onChange(made.live);
    return made;
  };
  const show = (call: Running, change: Partial<LiveCall>): void => {
    call.live = { ...call.live, ...change };
    parts.onChange(call.live);
  };
  const giveUp = async (call: Running, reason: string): Promise<void> => {
    if (!call.isGrowing) return;
    call.isGrowing = false;
    await call.tool?.abandon?.(call.context, reason);
  };
  const run = async (input: unknown, { id, name }: RunContext): Promise<string> => {
    const call = find(id, name);
    const { tool, allowed, context } = call;
    if (tool === undefined || allowed === undefined || hashOf(allowed.effective) !== allowed.hash)
      throw new Error(`${name} was run without leave`);
    // From here on the tool itself looks after what has grown.
    call.isGrowing = false;
    const answer = await tool.run(context, input, allowed.effective);
    call.answer = answer;
    parts.onEdits(answer.groups ?? []);
    parts.approvals.heard(answer);
    sources = [...sources, ...(answer.sources ?? [])];
    const cleaned = await parts.world.outgoing.clean(answer.text.slice(0, longestResult));
    replaced = [...replaced, ...(answer.replaced ?? []), ...cleaned.replaced];
    if (answer.failed === true) throw new ToolError(cleaned.text);
    return cleaned.text;
  };
  const decide = async (call: Running, input: unknown): Promise<Approval> => {
    const { tool, context } = call;
    if (tool === undefined) return { type: 'deny', reason: 'There is no such tool.' };
    const effective = await tool.effective(context, input);
    if ('impossible' in effective) {
      call.leave = 'impossible';
      return { type: 'deny', reason: effective.impossible };
    }
    show(call, { title: effective.title, state: 'waiting' });
    const admission = await parts.approvals.admit(context.call, effective, parts.signal);
    call.leave = admission.verdict;
    if (admission.verdict !== 'allowed') return { type: 'deny', reason: admission.message };
    call.allowed = { effective, hash: admission.hash };
    return { type: 'allow' };
  };
  return {
    runnable: (request) => ({
      ...request,
      tools: (request.tools ?? []).map((each) => withRun(each, parts.tools, run)),
    }),
    async hear(step) {
      const call = find(step.id, step.name);
      const { tool } = call;
      if (tool?.grow === undefined || !parts.mayGrow(tool)) return;
      call.isGrowing = true;
      await tool.grow(call.context, step);
    },
    async approve({ id, name, input }) {
      const call = find(id, name);
      const approval = await decide(call, input);
      if (approval.type === 'deny') await giveUp(call, 'It was not allowed.');
      return approval;
    },
    onEvent(event) {
      if (event.type === 'tool_started') show(find(event.call.id, event.call.name), { state: 'running' });
      if (event.type !== 'tool_finished') return;
      const call = find(event.call.id, event.call.name);
      const outcome = outcomeOf(event.outcome, call.leave);
      notes = [
        ...notes,
        { id: call.live.id, tool: call.live.tool, title: call.live.title, outcome, groups: call.answer?.groups ?? [] },
      ];
      ending.push(giveUp(call, 'It was not done.'));
      show(call, { state: outcome });
    },
    async taken() {
      await Promise.all(ending.splice(0));
      // As the model wrote them, in whatever order they ended.
      const order = [...running.keys()];
      const ordered = notes.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
      const taken = { notes: ordered, sources, replaced };
      [notes, sources, replaced] = [[], [], []];
      for (const { id } of taken.notes) running.delete(id);
      return taken;
    },
    async abandon(reason) {
      await Promise.all([...running.values()].map((call) => giveUp(call, reason)));
      running.clear();
    },
    live: () => [...running.values()].map(({ live }) => live),
  };
}

function contextOf({ world, session, signal }: CallsParts, call: string, report: (text: string) => void): ToolContext {
  const { documents, providers, files, settings, outgoing, ledger, people, search, shell, log, locale } = world;
  const slice = { documents, providers, files, settings, outgoing, ledger, people, search, shell, log, locale };
  return { ...slice, trust: () => world.trust(), session, call, signal, report };
}

type Definition = NonNullable<MessageRequest['tools']>[number];

/** The definition stays as it is sent; how it is run goes beside it. */
function withRun(
  definition: Definition,
  tools: readonly Tool[],
  run: (input: unknown, context: RunContext) => unknown,
): Definition {
  const tool = tools.find(({ name }) => 'name' in definition && definition.name === name);
  if (tool === undefined) return definition;
  const { name, input, effect, isExclusive = effect === 'runs' } = tool;
  const how = runnable({ name, input, run, readOnly: effect === 'reads', exclusive: isExclusive });
  // All that counts of `how` is the symbol that is not sent; the rest is the definition's own.
  return { ...how, ...definition } as Definition;
}

function outcomeOf(
  outcome: Extract<RunEvent, { type: 'tool_finished' }>['outcome'],
  leave: Running['leave'],
): CallNote['outcome'] {
  switch (outcome) {
    case 'done':
    case 'stopped':
    case 'skipped':
    case 'failed':
      return outcome;
    case 'invalid':
    case 'unknown':
      return 'failed';
    case 'denied':
      return leave === 'denied' || leave === 'refused' ? leave : 'failed';
  }
}
