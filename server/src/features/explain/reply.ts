/** From the service's message to what the person reads. */
import { safeMarkdown } from '#shared/markdown.ts';
import type { Message } from '../../claude/index.ts';

export interface Reply {
  readonly markdown: string;
  readonly notices: readonly string[];
}

/** @param text What the model said, with the marks of its citations. */
export function replyOf(message: Message, text: string): Reply {
  return { markdown: safeMarkdown(text.trim()), notices: noticesOf(message, text) };
}

/** The text blocks of a message, joined. */
export function textOf(message: Message): string {
  return message.content
    .map((block) => (block.type === 'text' && typeof block.text === 'string' ? block.text : ''))
    .join('');
}

function noticesOf(message: Message, text: string): readonly string[] {
  switch (message.stop_reason) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return ['The explanation was cut at the length limit. Ask a follow-up to read on.'];
    case 'refusal':
      return [refusalNotice(message)];
    default:
      return text.trim() === '' ? ['The answer was empty. Try again, or choose another model in the settings.'] : [];
  }
}

function refusalNotice({ stop_details: details }: Message): string {
  const category = details?.category === undefined || details.category === null ? '' : ` (${details.category})`;
  return `The model declined to explain this code${category}. Another model may answer: see the setting gloss.explain.model.`;
}
