/** The plan of a chat as a document of its own: opened, changed by the person as they like, and carried out as it stands then. */
import { safeMarkdown } from '#shared/markdown.ts';
import type { Chat } from '../chat.ts';
import { Refusal } from '../ports.ts';
import type { ChatCommandParts } from './chatFound.ts';

/** A chat, and the address of its document: its plans lie beside that. */
export interface PlannedChat {
  readonly chat: Chat;
  readonly uri: string;
}

/** @returns where it is opened, and what it says. What the person has changed in it stays. */
export async function openPlan(
  { disk, texts }: ChatCommandParts,
  { chat, uri }: PlannedChat,
): Promise<{ readonly uri: string; readonly text: string }> {
  const plan = planOf(chat);
  const name = `plans/${plan.name}`;
  const before = await disk.read(name);
  if (before === undefined) await disk.create(name, plan.text);
  const at = planUri(uri, plan.name);
  await texts.show(at);
  return { uri: at, text: before ?? plan.text };
}

/** What is asked to have it carried out: with all of it where the person has changed it, saved or not. */
export async function carryingOut({ world, disk }: ChatCommandParts, { chat, uri }: PlannedChat): Promise<string> {
  const plan = planOf(chat);
  const now = world.documents.get(planUri(uri, plan.name))?.text ?? (await disk.read(`plans/${plan.name}`));
  const text = now?.replaceAll('\r\n', '\n').trim() ?? '';
  if (text === '' || text === plan.text.trim()) return 'Carry out the plan.';
  // In a fence nothing is a mention: what the model wrote there attaches no file.
  const mark = '`'.repeat((text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length + 1), 3));
  return `Carry out the plan as I have changed it:\n\n${mark}markdown\n${text}\n${mark}`;
}

/** The last answer, below a name that no other answer has. */
function planOf(chat: Chat): { readonly name: string; readonly text: string } {
  const entry = chat.state().planned
    ? chat.stored().entries.findLast(({ content }) => content.kind === 'answered')
    : undefined;
  const content: unknown = entry?.content.kind === 'answered' ? entry.content.turn.content : undefined;
  const text = textIn(content).trim();
  if (entry === undefined || text === '') throw new Refusal('There is no plan: ask for one in the mode Plan.', 'gone');
  return { name: `${chat.id}-${entry.id.replace(/[^\w-]/g, '')}.md`, text: `${safeMarkdown(text)}\n` };
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .flatMap((block: { readonly type?: unknown; readonly text?: unknown }) =>
      block.type === 'text' && typeof block.text === 'string' ? [block.text] : [],
    )
    .join('\n\n');
}

/** As the editor spells the address of the chat, which lies beside it. */
function planUri(chat: string, name: string): string {
  return chat.replace(/\/[^/]+\/[^/]+$/, () => `/plans/${name}`);
}
