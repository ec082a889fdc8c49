/** A chat as the sections of its document: what was asked, and below it what Gloss answered, did and asks. */
import { createSafeMarkdown } from '#shared/markdown.ts';
import { groupsIn } from '../agent/history.ts';
import type { ChatState } from '../chat.ts';
import type { ApprovalRequest, Entry, StoredConversation } from '../ports.ts';
import type { Mode } from '../tool.ts';
import { type AnswerLook, answerText, costLine, dollarsOf } from './chatAnswer.ts';
import { demoted } from './chatFences.ts';
import { answerSection, askedSection, type ChatSection, headSection } from './chatSections.ts';
import { isUnfinished, turnsOf } from './chatTurns.ts';
import { approvalBlock, callLine, grantedMark, notice, questionBlock, todoList } from './chatWaiting.ts';
import { plain } from './plainWords.ts';

export interface ChatLook extends AnswerLook {
  /** What an approval is about, as plain text, with one line for what every command gets: "Show" opens all of it. */
  foldedText(request: ApprovalRequest): string;
  /** Edits stay in the editor until the person saves them. */
  readonly mustSave: boolean;
}

export interface ChatNow {
  readonly stored: StoredConversation;
  readonly state: ChatState;
  /** Why the last turn ended, where that is not said by an entry. */
  readonly ending: string | undefined;
  /** What the person should know now, and is in no entry. */
  readonly notes: readonly string[];
}

/** Draws a chat again and again: what has not changed since the last time is not drawn anew. */
export function createChatText(look: ChatLook): (now: ChatNow) => readonly ChatSection[] {
  const drawn = new Map<string, { readonly key: string; readonly text: string }>();
  const draw = createSafeMarkdown();
  const once = (id: string, key: string, make: () => string): string => {
    const known = drawn.get(id);
    if (known?.key === key) return known.text;
    const text = make();
    drawn.set(id, { key, text });
    return text;
  };
  return (now) => {
    const turns = turnsOf(now.stored.entries);
    const sections = turns.flatMap(({ asked, answer }, index): ChatSection[] => {
      const isLast = index === turns.length - 1;
      const works = isLast && now.state.running;
      const id = asked?.id ?? 'before';
      const told = once(id, `${keyOf(answer, look)} ${works}`, () => answerText(answer, look, works));
      // The price is told when it is known.
      const cost = works ? '' : costLine(answer);
      const coming = isLast ? comingOf(now, draw, look) : [];
      const hint = isLast && !works && look.mustSave && groupsIn(answer).length > 0 ? saveHint : '';
      const body = [told, hint, cost, ...coming].filter((part) => part !== '').join('\n\n');
      const question = asked?.content.kind === 'asked' ? [askedSection(asked.id, asked.content.text)] : [];
      return [...question, ...(body === '' ? [] : [answerSection(id, body)])];
    });
    const first = now.state.approvals.filter(({ isBefore }) => isBefore === true);
    const notes = [...now.notes.map(notice), ...first.map((request) => asked(request, look))];
    const noted = notes.length === 0 ? [] : [answerSection('note', notes.join('\n\n'))];
    return [headSection(headOf(now)), ...sections, ...noted];
  };
}

const saveHint = '*The edits are made in the editor. The files on the disk stay as they were until you save them.*';

function keyOf(answer: readonly Entry[], { stateOf }: ChatLook): string {
  return JSON.stringify([answer.map(({ id }) => id), groupsIn(answer).map(stateOf)]);
}

const modes: Readonly<Record<Mode, string>> = {
  ask: 'Mode **Ask**: no edit stays and nothing runs without your leave.',
  acceptEdits: 'Mode **Accept Edits**: edits need no leave, whatever runs does.',
  plan: 'Mode **Plan**: it looks and plans, and changes nothing.',
};

function headOf({ stored, state }: ChatNow): string {
  const title = plain(stored.summary.title, 200);
  const dollars = state.dollars === undefined || state.dollars === 0 ? '' : ` So far: ${dollarsOf(state.dollars)}.`;
  const heading = title === '' ? '# Chat with Gloss' : `# ${title}`;
  const use = `Write below the last *You*, then choose **Send** among the code lenses or the code actions there.${dollars}`;
  const granted =
    state.granted.length === 0 ? [] : [grantedMark, state.granted.map((title) => `- ${plain(title)}`).join('\n')];
  return [heading, use, modes[state.mode], ...granted].join('\n\n');
}

/** What there is beyond the entries: what comes right now, and what waits for the person. */
function comingOf(
  { stored, state, ending }: ChatNow,
  draw: (text: string) => string,
  look: ChatLook,
): readonly string[] {
  const { live, running, approvals, questions, queued, todo } = state;
  const noted = notedIn(stored.entries);
  // What has a result stands above, where it belongs.
  const calls = (live?.calls ?? []).filter(({ id }) => !noted.ids.has(id));
  const isIdle = running && live?.text === '' && live.thinking === '' && calls.length === 0;
  return [
    live !== undefined && live.thinking !== '' && live.text === '' ? `*Thinking: ${lastWords(live.thinking)}*` : '',
    live === undefined || live.text === '' ? '' : demoted(draw(live.text)),
    calls.map((call) => callLine(call)).join('\n'),
    isIdle || (running && live === undefined) ? '*Working…*' : '',
    running ? todoList(todo) : '',
    ...approvals.filter(({ isBefore }) => isBefore !== true).map((request) => asked(request, look)),
    ...questions.map(questionBlock),
    queued.map((text) => `- *Waits:* ${plain(text)}`).join('\n'),
    running || ending === undefined || ending === noted.last ? '' : `*${plain(ending)}*`,
    running || ending !== undefined || !isUnfinished(stored.entries) ? '' : unfinished,
  ].filter((part) => part !== '');
}

function asked(request: ApprovalRequest, look: ChatLook): string {
  return approvalBlock(request, look.foldedText(request));
}

const unfinished =
  '*Not finished: the server ended while it worked on this, or it still works in another window. **Ask Again From Here** above the question begins it anew.*';

function notedIn(entries: readonly Entry[]) {
  const last = entries.at(-1)?.content;
  const ids = entries.flatMap(({ content }) => (content.kind === 'results' ? content.calls.map(({ id }) => id) : []));
  return { ids: new Set(ids), last: last?.kind === 'noted' ? last.text : undefined };
}

function lastWords(text: string): string {
  return plain(text.slice(-80).replace(/^\S*\s/, ''), 80);
}
