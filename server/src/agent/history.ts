/** What of a conversation is sent: pure, from the entries on its way to the turns that the model reads. */
import { type ContentBlock, type MessageParam, withoutThinking } from '../claude/index.ts';
import type { Entry } from '../ports.ts';

/**
 * The turns as the model gets them. The same entries give the same turns, and one entry more leaves those before it as
 * they are (API reference, "Prompt caching").
 * @param model Thinking of others is left out: nobody else may read it (API reference, "Extended thinking").
 */
export function turnsOf(entries: readonly Entry[], model: string): readonly MessageParam[] {
  const other = entries.findLastIndex(({ content }) => content.kind === 'answered' && content.model !== model);
  const before = turnsIn(entries.slice(0, other + 1), []);
  return turnsIn(entries.slice(other + 1), withoutThinking(before));
}

function turnsIn(entries: readonly Entry[], before: readonly MessageParam[]): readonly MessageParam[] {
  let turns = [...before];
  for (const { content } of entries) {
    switch (content.kind) {
      case 'asked':
      case 'results':
        turns.push(content.turn);
        break;
      case 'answered':
        if ((content.turn.content?.length ?? 0) > 0) turns.push(content.turn);
        break;
      case 'compacted':
        turns = [...content.turns];
        break;
      case 'noted':
        // What the model declines once it declines again: the question stays for the person alone.
        if (content.withdraws === true && isQuestion(turns.at(-1))) turns.pop();
        break;
    }
  }
  return turns;
}

function isQuestion(turn: MessageParam | undefined): boolean {
  if (turn?.role !== 'user') return false;
  return typeof turn.content === 'string' || turn.content.every(({ type }) => type !== 'tool_result');
}

const interruption =
  'Interrupted: the server was ended while this ran, and what it had done by then may stay. Look before you do it again.';

/** Results for calls that have none: a server that was killed in the middle leaves such. Undefined where all are answered. */
export function missingResults(turns: readonly MessageParam[]): MessageParam | undefined {
  const last = turns.at(-1);
  if (last?.role !== 'assistant' || typeof last.content === 'string') return undefined;
  const open = last.content.flatMap((block) => (block.type === 'tool_use' && 'id' in block ? [String(block.id)] : []));
  if (open.length === 0) return undefined;
  const results = open.map((id) => ({
    type: 'tool_result' as const,
    tool_use_id: id,
    content: interruption,
    is_error: true,
  }));
  return { role: 'user', content: results };
}

/** What can be sent of an answer that broke off: its texts. Calls and thinking are not whole. */
export function textsOf(content: readonly ContentBlock[]): readonly { type: 'text'; text: string }[] {
  return content.flatMap((block) => {
    const text = block.type === 'text' && 'text' in block ? String(block.text).trimEnd() : '';
    return text === '' ? [] : [{ type: 'text' as const, text }];
  });
}

/** The edits of all calls, newest last. */
export function groupsIn(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ content }) =>
    content.kind === 'results' ? content.calls.flatMap(({ groups }) => groups) : [],
  );
}
