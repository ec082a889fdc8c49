/** One chat: what runs, what waits, and who is told. The history is on the disk; everything else ends with the process. */
import type { Settings } from '#shared/settings.ts';
import { withAnswer } from '#shared/spent.ts';
import type { Chat, ChatEvent, ChatState, ComposedTurn, SendOptions } from '../chat.ts';
import type { UserBlock } from '../claude/index.ts';
import { type Answer, Refusal, type StoredConversation } from '../ports.ts';
import type { Mode, ToolSession } from '../tool.ts';
import { createApprovals } from './approvals.ts';
import { createAsking } from './asking.ts';
import { createCalls } from './calls.ts';
import { createChoice } from './choice.ts';
import { compacted } from './compact.ts';
import { mayGrow } from './growing.ts';
import { groupsIn, turnsOf } from './history.ts';
import { type Interjected, interjectedOf } from './interjected.ts';
import { createLive } from './live.ts';
import { closed } from './orStopped.ts';
import { paidFor } from './paid.ts';
import type { ChatParts } from './parts.ts';
import { createPauses } from './pauses.ts';
import { createPreparing } from './preparing.ts';
import { answerMissing, type Ended, kindOf, runQuestion } from './question.ts';
import { createRecorder } from './recorder.ts';
import { spentIn } from './spentIn.ts';
import { tokensAtEnd, tokensIn, windowOf } from './window.ts';

interface Waiting {
  readonly turn: ComposedTurn;
  readonly options: SendOptions;
  resolve(ended: Ended): void;
  reject(error: unknown): void;
}

/** A chat as the list of open ones knows it. */
export interface OpenChat extends Chat {
  /** Nothing runs or waits, and nobody looks. */
  isIdle(): boolean;
  rename(title: string): void;
  /** Ends what runs; resolves when that is on the disk. */
  close(): Promise<void>;
}

/** @param known the settings as they are now. */
export function createChat(stored: StoredConversation, parts: ChatParts, known: Settings): OpenChat {
  const { world, words } = parts;
  const listeners = new Set<(event: ChatEvent) => void>();
  const tell = (event: ChatEvent): void => {
    for (const listener of listeners) listener(event);
    if (event.type === 'state' || event.type === 'ended') parts.onState?.(id);
  };
  const id = stored.summary.id;
  const recorder = createRecorder(stored.entries, {
    ...{ id, conversations: world.conversations, newId: parts.newId, now: parts.now },
    onEntry(entry) {
      live.kept(entry.content.kind);
      tell({ type: 'entry', entry });
    },
  });
  const live = createLive(() => recorder.coming, tell);
  let [title, question] = [stored.summary.title, ''];
  let mode: Mode = 'ask';
  let newMode: Mode | undefined;
  let planned = false;
  const choice = createChoice(known, () => parts.settings());
  let tokens = tokensAtEnd(stored.entries);
  let spent = spentIn(stored);
  let stopping: AbortController | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let queue: Waiting[] = [];
  let said: ComposedTurn[] = [];
  const session: ToolSession = {
    conversation: id,
    get mode() {
      return mode;
    },
    get title() {
      return question;
    },
    todo: [],
    changed: new Set(),
    kept: new Map(),
  };

  const state = (): ChatState => ({
    running: stopping !== undefined,
    mode,
    ...choice.now(),
    queued: [...said, ...queue.map(({ turn }) => turn)].map(({ text }) => text),
    ...asking.waiting(),
    todo: session.todo,
    granted: approvals.granted(),
    planned: planned && stopping === undefined,
    live: live.now(),
    dollars: spent.unpriced > 0 ? undefined : spent.dollars,
    context: { tokens, window: windowOf(choice.now().model) },
  });

  const asking = createAsking(world.people, () => tell({ type: 'state' }));
  const { people } = asking;
  const preparing = createPreparing();
  const approvals = createApprovals({
    conversation: id,
    // What was read from the disk may hold anything: nobody's consent is in it (threats S37).
    isLoaded: stored.entries.length > 0,
    people,
    onGrants: () => tell({ type: 'state' }),
    circumstances: async () => ({
      ...{ mode, reviewed: parts.reviewed, trust: world.trust() },
      rules: (await choice.settings()).chat.permissions,
    }),
  });
  const goOn = async (text: string, signal: AbortSignal): Promise<boolean> =>
    (await people.ask({ conversation: id, call: '', text, choices: ['Go on', 'Stop'] }, signal)) === 'Go on';

  async function paid(answer: Answer): Promise<void> {
    const { price } = paidFor(answer);
    tokens = tokensIn(answer.message);
    spent = withAnswer(spent, price, tokens);
    await parts.spend.add(price, tokens);
  }

  async function answerTo(turn: ComposedTurn, signal: AbortSignal): Promise<Ended> {
    const settings = await choice.settings();
    const { model } = settings.chat;
    approvals.heard(turn);
    const isFirst = recorder.entries.every(({ content }) => content.kind !== 'asked');
    if (turn.command === 'compact') return compactNow(settings, signal);
    await answerMissing(recorder, model);
    await recorder.record(askedWith(turn));
    for (const text of turn.notices ?? []) await recorder.record({ kind: 'noted', text });
    question = words.title(turn.text);
    if (isFirst) {
      title = question;
      tell({ type: 'state' });
      await world.conversations.rename(id, title);
    }
    const pauses = createPauses(settings, {
      conversation: () => spent,
      today: () => parts.spend.today(),
      goOn: (text) => goOn(text, signal),
    });
    const calls = createCalls({
      ...{ world: { ...world, people }, tools: parts.tools, session, signal, approvals },
      // The result says what came of it: only what comes after that is news.
      onEdits: (groups) => void parts.outcomes(recorder.told, groups),
      mayGrow: (tool) =>
        parts.reviewed && mayGrow(tool, { mode, trust: world.trust(), rules: settings.chat.permissions }),
      onChange: live.call,
    });
    return runQuestion({
      ...{ world, settings, recorder, calls, signal, tokens },
      ...{ conversation: id, purpose: `Chat: ${title}`, sources: turn.sources, replaced: turn.replaced },
      request: (turns, by) => ({ ...words.request(turns, settings, mode), model: by }),
      mayGoOn: () => pauses.check(),
      async onAnswer(answer) {
        pauses.count(paidFor(answer).price, tokensIn(answer.message));
        await paid(answer);
        tell({ type: 'state' });
      },
      onText: live.text,
      onThinking: live.thinking,
      goOn: (text) => goOn(text, signal),
      interject: () => interjected(),
    });
  }

  function askedWith(turn: ComposedTurn) {
    const groups = groupsIn(recorder.entries);
    const news = words.news({ outcomes: parts.outcomes(recorder.told, groups), mode: newMode });
    newMode = undefined;
    const content: readonly UserBlock[] = [
      ...(news === '' ? [] : [{ type: 'text' as const, text: news }]),
      ...turn.content,
    ];
    return { kind: 'asked', turn: { role: 'user', content }, text: turn.text, attached: turn.attached } as const;
  }

  function interjected(): Interjected | undefined {
    const turns = said;
    said = [];
    if (turns.length > 0) tell({ type: 'state' });
    const news = words.news({ outcomes: parts.outcomes(recorder.told, groupsIn(recorder.entries)), mode: newMode });
    newMode = undefined;
    // Somebody else's instructions may be in what goes along (threats S25).
    for (const turn of turns) approvals.heard(turn);
    return interjectedOf(turns, news);
  }

  async function compactNow(settings: Settings, signal: AbortSignal): Promise<Ended> {
    const turns = turnsOf(recorder.entries, settings.chat.model);
    if (turns.length === 0) throw new Refusal('There is nothing to summarise yet.', 'empty');
    const excluded = settings.excludedFiles;
    const summary = await compacted(
      { world, signal, purpose: `Chat: ${title}`, excludedFiles: excluded },
      words.request(turns, settings, mode),
    );
    if (summary === undefined) return { ending: 'failed', message: 'The conversation could not be summarised.' };
    await recorder.record({ kind: 'compacted', turns: summary.turns, usage: summary.usage, receipt: summary.receipt });
    await paid(summary.answer);
    tokens = 0;
    return { ending: 'finished', message: 'The conversation was summarised for the model. You still see all of it.' };
  }

  async function begin({ turn, options, resolve, reject }: Waiting): Promise<void> {
    const controller = new AbortController();
    stopping = controller;
    live.begin();
    planned = false;
    tell({ type: 'state' });
    try {
      if (options.after !== undefined && !recorder.goBackTo(options.after))
        throw new Refusal('The place to ask again from is not there any more.', 'missing');
      const ended = await answerTo(turn, controller.signal);
      planned = mode === 'plan' && ended.ending === 'finished' && turn.command === undefined;
      tell({ type: 'ended', ...ended });
      resolve(ended);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      tell({ type: 'ended', ending: 'failed', message, ...kindOf(error) });
      reject(error);
    } finally {
      stopping = undefined;
      live.end();
      // What was said while it worked and nobody has heard is said now. Stop has emptied both: what is there came after it.
      const unheard = said.splice(0).map((each) => ({ turn: each, options: {}, resolve() {}, reject() {} }));
      queue = [...unheard, ...queue];
      tell({ type: 'state' });
      const next = queue.shift();
      if (next !== undefined) working = begin(next);
    }
  }

  return {
    id,
    state,
    stored: () => ({ summary: { ...stored.summary, title }, entries: recorder.kept }),
    async send(turn, options = {}) {
      if (stopping !== undefined && options.meanwhile === 'steer') {
        said.push(turn);
        tell({ type: 'state' });
        await working;
        return 'finished';
      }
      const ended = await new Promise<Ended>((resolve, reject) => {
        const waiting = { turn, options, resolve, reject };
        if (stopping === undefined) working = begin(waiting);
        else {
          queue.push(waiting);
          tell({ type: 'state' });
        }
      });
      return ended.ending;
    },
    preparing: (make, signal) => preparing.during((stopping) => make(people, stopping), signal),
    stop() {
      const left = queue;
      const unheard = [...said, ...left.map(({ turn }) => turn)];
      [queue, said] = [[], []];
      stopping?.abort(new Error('stopped by the person'));
      preparing.stop();
      for (const { resolve } of left) resolve({ ending: 'stopped' });
      tell({ type: 'state' });
      return unheard.map(({ text }) => text);
    },
    unqueue(at) {
      const [gone] = at < said.length ? [] : queue.splice(at - said.length, 1);
      if (at < said.length) said.splice(at, 1);
      gone?.resolve({ ending: 'stopped' });
      tell({ type: 'state' });
    },
    setMode(next) {
      if (next === mode) return;
      mode = next;
      newMode = next;
      tell({ type: 'state' });
    },
    choose(wanted) {
      choice.choose(wanted);
      tell({ type: 'state' });
    },
    withdraw: () => approvals.withdraw(),
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    rename(next) {
      title = next;
    },
    isIdle: () => stopping === undefined && queue.length === 0 && listeners.size === 0 && preparing.isIdle(),
    async close() {
      stopping?.abort(closed);
      preparing.stop();
      [queue, said] = [[], []];
      await working.catch(() => undefined);
    },
  };
}
