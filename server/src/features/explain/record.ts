/** What the answer of a request becomes in an explanation and its record. Pure. */
import type { Explanation } from '#shared/explain.ts';
import type { Answer, Ask } from '../../ports.ts';

export function toldBy({
  message,
  usage,
  receipt,
  demo,
}: Answer): Pick<Explanation, 'model' | 'usage' | 'receipt' | 'demo'> {
  return { model: message.model, usage, receipt, demo };
}

/** The request with the model's turn at its end, blocks as they came. */
export function withAnswer({ request }: Ask, { message }: Answer): Ask['request'] {
  return { ...request, messages: [...request.messages, { role: 'assistant', content: message.content }] };
}

/** Whether the model said all that it wanted to: what was cut or declined answers nothing for good. */
export function isWhole({ message }: Answer): boolean {
  return message.stop_reason === 'end_turn' || message.stop_reason === 'stop_sequence';
}
