/** The person as chats ask them: by the editor's own messages, and by what stands in the chat's document. Whichever answers first counts. */
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type Connection,
  MessageType,
} from 'vscode-languageserver/node';
import { stripControl } from '#shared/control.ts';
import { revealInvisible } from '#shared/invisible.ts';
import type { ApprovalAnswer, ApprovalRequest, Log, People, Question } from '../ports.ts';
import { createLooks } from './looks.ts';
import { fewWords } from './plainWords.ts';

export interface PeopleParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly log: Log;
  readonly terminal: People['terminal'];
  /** The editor has a panel, where every chat can be opened and answered. */
  readonly hasPanel: boolean;
  /** Everything that an approval is about, as plain text. */
  approvalText(request: ApprovalRequest): string;
  /** The same with one line for what every command gets, where all of it can be opened. */
  foldedText(request: ApprovalRequest): string;
  /** The same in a few words, where all of it stands in the chat's document. */
  brief(request: ApprovalRequest): string;
  /** Opens a text that is longer than a message; resolves with whether the editor could. */
  showText(name: string, text: string): Promise<boolean>;
}

/** The port, and the other way to answer. */
export interface ChatPeople extends People {
  /** An answer given in a chat's document. False when nothing of this hash waits in this conversation: no effect. */
  answer(
    conversation: string,
    hash: string,
    answer: 'once' | 'session' | { readonly deny: string | undefined },
  ): boolean;
  /** The same for a question of the model. */
  reply(conversation: string, call: string, text: string): boolean;
  /** The conversation is shown in a document, where it can be answered: a message that is put away is no answer then. */
  shows(conversation: string, isShown: boolean): void;
  /** Somebody looks at the conversation, and sees what waits in it: no message is shown until nobody does. */
  watches(conversation: string, isLookedAt: boolean): void;
}

interface Waiting {
  readonly request: ApprovalRequest;
  answer(answer: ApprovalAnswer): void;
}

interface Asked {
  readonly question: Question;
  reply(text: string | undefined): void;
}

export function createPeople(parts: PeopleParts): ChatPeople {
  const approvals = new Set<Waiting>();
  const questions = new Set<Asked>();
  const shown = new Set<string>();
  const { watches, whileUnseen } = createLooks();
  return {
    watches,
    terminal: parts.terminal,
    async approve(request, signal) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<ApprovalAnswer>();
      const waiting: Waiting = { request, answer: resolve };
      approvals.add(waiting);
      await using message = asking(signal, reject);
      const isElsewhere = () => shown.has(request.conversation);
      const mayWait = () => parts.hasPanel || isElsewhere();
      whileUnseen(request.conversation, message.signal, (unseen) =>
        approveByMessage(parts, request, { signal: unseen, isElsewhere, mayWait }),
      )
        .then((answer) => answer === undefined || resolve(answer))
        .catch(reject);
      return await promise.finally(() => approvals.delete(waiting));
    },
    async ask(question, signal) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
      const asked: Asked = { question, reply: resolve };
      questions.add(asked);
      await using message = asking(signal, reject);
      whileUnseen(question.conversation, message.signal, (unseen) => askByMessage(parts, question, unseen))
        .then((answer) =>
          answer === undefined && (parts.hasPanel || shown.has(question.conversation)) ? undefined : resolve(answer),
        )
        .catch(reject);
      return await promise.finally(() => questions.delete(asked));
    },
    answer(conversation, hash, answer) {
      const waiting = [...approvals].find(
        ({ request }) => request.conversation === conversation && request.hash === hash,
      );
      if (waiting === undefined || (answer === 'session' && !waiting.request.maySession)) return false;
      waiting.answer(typeof answer === 'string' ? { decision: answer, hash } : denied(answer.deny));
      return true;
    },
    reply(conversation, call, text) {
      const asked = [...questions].find(
        ({ question }) => question.conversation === conversation && question.call === call,
      );
      asked?.reply(text);
      return asked !== undefined;
    },
    shows(conversation, isShown) {
      if (isShown) shown.add(conversation);
      else shown.delete(conversation);
    },
  };
}

function denied(reason: string | undefined): ApprovalAnswer {
  return reason === undefined ? { decision: 'deny' } : { decision: 'deny', reason };
}

/** A signal that ends with the question, however that is answered, so that its message is withdrawn. */
function asking(
  signal: AbortSignal,
  reject: (reason: unknown) => void,
): AsyncDisposable & { readonly signal: AbortSignal } {
  const done = new AbortController();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return {
    signal: AbortSignal.any([signal, done.signal]),
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', stop);
      done.abort();
    },
  };
}

const once = 'Allow Once';
const session = 'Allow for This Session';
const deny = 'Deny';
const show = 'Show';

/** Characters that a message can show; more is agreed to only after it was opened (threats S17). */
const longestMessage = 600;

interface ByMessage {
  readonly signal: AbortSignal;
  /** All of it stands in a document that is open. */
  isElsewhere(): boolean;
  /** It can be answered elsewhere: putting the message away is no answer. */
  mayWait(): boolean;
}

/** Undefined when the message gave no answer, and there is another way to give one. */
async function approveByMessage(
  parts: PeopleParts,
  request: ApprovalRequest,
  { signal, isElsewhere, mayWait }: ByMessage,
): Promise<ApprovalAnswer | undefined> {
  const { hash, maySession } = request;
  const text = visible(parts.approvalText(request));
  // An editor that can open nothing else gets all of it here.
  const canShow = parts.client.window?.showDocument?.support === true;
  let isShown = false;
  for (;;) {
    const folded = canShow ? visible(parts.foldedText(request)) : text;
    const short = canShow && isElsewhere() ? visible(parts.brief(request)) : folded;
    const isShort = short.length <= longestMessage || !canShow;
    isShown ||= isShort;
    const allowing = isShown ? [once, ...(maySession ? [session] : [])] : [];
    const message = isShort
      ? short
      : `${fewWords(request.title, 200)}. ${isShown ? 'It is opened beside this.' : 'It is longer than a message: Show opens all of it.'}`;
    const chosen = await choose(parts, message, { choices: [...allowing, deny, show], signal });
    if (signal.aborted) return late(parts, chosen);
    if (chosen === once) return { decision: 'once', hash };
    if (chosen === session && maySession) return { decision: 'session', hash };
    if (chosen === show) isShown = (await parts.showText(`approval-${request.call}`, text)) || isShort;
    else if (chosen === deny || !mayWait()) return { decision: 'deny' };
    else return undefined;
  }
}

async function askByMessage(
  parts: PeopleParts,
  { text, choices }: Question,
  signal: AbortSignal,
): Promise<string | undefined> {
  const titles = choices.map((choice) => fewWords(choice, 200));
  const chosen = await choose(parts, visible(text).slice(0, longestMessage * 4), { choices: titles, signal });
  if (signal.aborted) return late(parts, chosen);
  return choices[titles.indexOf(chosen ?? '')];
}

/** Editors show a message on that was withdrawn: whoever answers it then is told that it is over. */
function late({ connection, log }: PeopleParts, chosen: string | undefined): undefined {
  if (chosen === undefined) return;
  const message =
    'That question is over: it was answered already, or the chat was stopped or removed. Your answer had no effect.';
  connection
    .sendNotification('window/showMessage', { type: MessageType.Info, message })
    .catch((error: unknown) => log.warn(`the editor was not told: ${String(error)}`));
}

/** What the person chose; undefined when they chose nothing, or the editor cannot ask. */
async function choose(
  { connection, client, log }: PeopleParts,
  message: string,
  { choices, signal }: { readonly choices: readonly string[]; readonly signal: AbortSignal },
): Promise<string | undefined> {
  if (client.window?.showMessage === undefined) return undefined;
  const source = new CancellationTokenSource();
  const withdraw = () => source.cancel();
  signal.addEventListener('abort', withdraw, { once: true });
  if (signal.aborted) return undefined;
  const actions = choices.map((title) => ({ title }));
  try {
    const params = { type: MessageType.Warning, message, actions };
    const answer: unknown = await connection.sendRequest('window/showMessageRequest', params, source.token);
    const title = typeof answer === 'object' && answer !== null && 'title' in answer ? answer.title : undefined;
    return choices.find((choice) => choice === title);
  } catch (error) {
    if (!signal.aborted) log.warn(`the editor did not ask: ${String(error)}`);
    return undefined;
  } finally {
    signal.removeEventListener('abort', withdraw);
    source.dispose();
  }
}

function visible(text: string): string {
  return revealInvisible(stripControl(text)).text;
}
