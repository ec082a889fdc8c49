/** A conversation as a Markdown document: what was said, what was done, and the receipts of what was sent. Pure. */
import { stripControl } from '#shared/control.ts';
import { safeMarkdown } from '#shared/markdown.ts';
import type { CallNote, Entry, StoredConversation } from '../ports.ts';
import { textsOf } from './texts.ts';

/** The few words of its own, for whoever translates them. */
export interface ConversationWords {
  readonly person: string;
  readonly model: string;
  readonly attached: string;
  readonly meanwhile: string;
  readonly receipt: string;
  readonly brokeOff: string;
  readonly compacted: string;
  readonly demo: string;
  readonly outcome: Readonly<Record<CallNote['outcome'], string>>;
}

const english: ConversationWords = {
  person: 'You',
  model: 'Claude',
  attached: 'Attached',
  meanwhile: 'Meanwhile',
  receipt: 'Receipt',
  brokeOff: 'The answer broke off',
  compacted: 'From here on the model has a summary of what was said before.',
  demo: 'demo',
  outcome: {
    done: 'done',
    failed: 'failed',
    denied: 'denied',
    refused: 'refused by a rule',
    stopped: 'stopped',
    skipped: 'skipped',
  },
};

/**
 * The document: a heading for each turn, a line for each call. Nothing in it loads, opens or renders as HTML, and no
 * text of anybody looks like a heading of a turn.
 */
export function conversationMarkdown({ summary, entries }: StoredConversation, words = english): string {
  const parts = [`# ${inline(summary.title)}`];
  let speaker: 'person' | 'model' | undefined;
  for (const entry of entries) {
    const next = entry.content.kind === 'asked' ? 'person' : entry.content.kind === 'answered' ? 'model' : undefined;
    if (next === 'person' || (next === 'model' && speaker !== 'model')) parts.push(heading(entry, words));
    speaker = next ?? speaker;
    parts.push(...said(entry, words));
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function heading({ at, content }: Entry, words: ConversationWords): string {
  const time = at.slice(0, 16).replace('T', ' ');
  if (content.kind !== 'answered') return `## ${words.person}, ${time} UTC`;
  const model = content.demo ? `${content.model}, ${words.demo}` : content.model;
  return `## ${words.model} (${inline(model)}), ${time} UTC`;
}

function said({ content }: Entry, words: ConversationWords): readonly string[] {
  switch (content.kind) {
    case 'asked': {
      const names = content.attached.map(({ name }) => code(name)).join(', ');
      return [body(content.text), names === '' ? '' : `${words.attached}: ${names}`];
    }
    case 'answered':
      return [
        ...textsOf(content.turn.content).map(body),
        content.cut === undefined ? '' : `*${words.brokeOff}: ${inline(content.cut)}*`,
        content.receipt === '' ? '' : `${words.receipt}: ${code(content.receipt)}`,
      ];
    case 'results':
      return [
        content.calls.map(({ title, outcome }) => `- ${code(title)}: ${words.outcome[outcome]}`).join('\n'),
        ...content.said.map((text) => `**${words.meanwhile}:**\n\n${body(text)}`),
      ];
    case 'compacted':
      return [`*${words.compacted}*`, `${words.receipt}: ${code(content.receipt)}`];
    case 'noted':
      return [`*${inline(content.text)}*`];
  }
}

/** Its own headings go two levels down, below those of the turns. */
function body(text: string): string {
  let fence: string | undefined;
  const lines = safeMarkdown(text)
    .split('\n')
    .map((line) => {
      const mark = /^(?:`{3,}|~{3,})/.exec(line)?.[0];
      const isInside = fence !== undefined;
      if (fence === undefined) fence = mark;
      else if (mark?.startsWith(fence) && line.trimEnd() === mark) fence = undefined;
      return isInside ? line : line.replace(/^(#{1,6})(?=\s|$)/, (level) => '#'.repeat(Math.min(6, level.length + 2)));
    });
  return lines.join('\n').trim();
}

/** A text that must stay in its line, with nothing of it marked up. */
function inline(text: string): string {
  return safeMarkdown(oneLine(text).replace(/[\\`*_[\]<>#~|!]/g, '\\$&'))
    .trim()
    .replaceAll('\n', ' ');
}

/** In a span of code, whatever is in it. */
function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${ticks}${space}${line}${space}${ticks}`;
}

function oneLine(text: string): string {
  return stripControl(text).replace(/\s+/g, ' ').trim().slice(0, 1_000);
}
