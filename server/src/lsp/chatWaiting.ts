/** Lines of a chat's document that are not the model's words: its calls, what it asks, what is to be done. */
import type { LiveCall } from '../chat.ts';
import type { ApprovalRequest, CallNote, Question } from '../ports.ts';
import type { TodoItem } from '../tool.ts';
import { fenced, fencedStart } from './chatFences.ts';
import { plain } from './plainWords.ts';

export function callLine({ title, tool, state, detail }: LiveCall): string {
  const more = detail === '' || state === 'done' ? '' : `: ${plain(detail, 120)}`;
  return `- ${plain(title === '' ? tool : title)}${states[state]}${more}`;
}

export function noteLine({ title, tool, outcome }: CallNote): string {
  return `- ${plain(title === '' ? tool : title)}${states[outcome]}`;
}

const states: Readonly<Record<LiveCall['state'], string>> = {
  writing: ' (is being written)',
  waiting: ' (waits for you)',
  running: ' (runs)',
  done: '',
  failed: ' (failed)',
  denied: ' (you said no)',
  refused: ' (not allowed)',
  stopped: ' (stopped)',
  skipped: ' (not done)',
};

/** Something that the person should know: a sentence, and below it the text that it is about. */
export function notice(text: string): string {
  const at = text.indexOf('\n');
  if (at < 0) return `> ${plain(text, 1_000)}`;
  return `> ${plain(text.slice(0, at), 1_000)}\n\n${fencedStart(text.slice(at + 1))}`;
}

/** Above what is allowed for this session. */
export const grantedMark = '**Allowed without asking until the server ends:**';

/** Where an approval stands: its code lenses are above it. */
export function approvalMark(hash: string): string {
  return `<!-- gloss-approval ${hash.replace(/\W/g, '')} -->`;
}

/** All of it and why, so that nobody agrees to what is not shown (threats S17); then the line that the lenses stand above. */
export function approvalBlock(request: ApprovalRequest, text: string): string {
  return [fenced(text), `**May Gloss do this? ${plain(request.title)}** ${approvalMark(request.hash)}`].join('\n\n');
}

export function questionMark(call: string): string {
  // Questions of Gloss itself belong to no call.
  return `<!-- gloss-question ${call.replace(/\W/g, '') || 'own'} -->`;
}

/** An answer of one's own is written below the last heading and sent. */
export function questionBlock({ call, text, choices }: Question): string {
  const list = choices.map((choice) => `- ${plain(choice)}`).join('\n');
  return [`**Gloss asks:** ${plain(text, 2_000)} ${questionMark(call)}`, list].filter(Boolean).join('\n\n');
}

const boxes: Readonly<Record<TodoItem['state'], string>> = { open: '[ ]', doing: '[ ] *now:*', done: '[x]' };

export function todoList(items: readonly TodoItem[]): string {
  return items.map(({ text, state }) => `- ${boxes[state]} ${plain(text)}`).join('\n');
}
