/**
 * What an entry may say: entries are held to it when they are written, and when they are read (threats S37). By hand: a
 * schema copies all of what it looks at, and that is most of what is in memory.
 */
import type { Attached, CallNote, EntryContent, Source } from '../ports.ts';
import { usageFields, usageIn } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether it is an entry's content, each field of it. What goes back to the service stays as it is. */
export function isContent(value: unknown): value is EntryContent {
  if (!isObject(value)) return false;
  switch (value['kind']) {
    case 'asked':
      return (
        isTurn(value['turn'], 'user') && isText(value['text']) && isList(value['attached'], isAttached) && isTold(value)
      );
    case 'answered':
      return isTurn(value['turn'], 'assistant') && isPaid(value) && isAnswer(value);
    case 'results':
      return (
        isTurn(value['turn'], 'user') &&
        isList(value['calls'], isCall) &&
        isList(value['said'], (text) => isText(text)) &&
        isTold(value)
      );
    case 'compacted':
      return isList(value['turns'], (turn) => isTurn(turn, 'user') || isTurn(turn, 'assistant')) && isPaid(value);
    case 'noted':
      return isText(value['text']) && isMaybe(value['withdraws']) && isMaybe(value['isError']);
    default:
      return false;
  }
}

/** Instructions of the highest rank are never taken from a disk. */
function isTurn(value: unknown, role: 'user' | 'assistant'): boolean {
  if (!isObject(value) || value['role'] !== role) return false;
  const { content } = value;
  return isText(content) || isList(content, (block) => isObject(block) && isText(block['type'], 100));
}

function isPaid({ usage, receipt }: Fields): boolean {
  return isObject(usage) && usageIn(usageFields(usage as never)) !== undefined && isText(receipt, 5_000);
}

function isAnswer({ model, stopReason, demo, cut }: Fields): boolean {
  const isWhole = cut === undefined || isText(cut, 100_000);
  return isText(model, 500) && isText(stopReason, 500) && typeof demo === 'boolean' && isWhole;
}

const kinds: Readonly<Record<Attached['kind'], true>> = {
  file: true,
  folder: true,
  symbol: true,
  problems: true,
  changes: true,
  selection: true,
  terminal: true,
  image: true,
  document: true,
  instructions: true,
  outcome: true,
};

function isAttached(value: unknown): value is Attached {
  if (!isObject(value) || !isText(value['kind']) || !Object.hasOwn(kinds, value['kind'])) return false;
  const { name, tokens, sources } = value;
  return isText(name, 5_000) && typeof tokens === 'number' && tokens >= 0 && isList(sources, isSource);
}

function isSource(value: unknown): value is Source {
  if (!isObject(value)) return false;
  const { uri, firstLine, lastLine, part } = value;
  return isText(uri, 4_096) && isLine(firstLine) && isLine(lastLine) && isText(part, 100);
}

const outcomes: Readonly<Record<CallNote['outcome'], true>> = {
  done: true,
  failed: true,
  denied: true,
  refused: true,
  stopped: true,
  skipped: true,
};

function isCall(value: unknown): value is CallNote {
  if (!isObject(value) || !isText(value['outcome']) || !Object.hasOwn(outcomes, value['outcome'])) return false;
  const { id, tool, title, groups } = value;
  return (
    isText(id, 500) && isText(tool, 500) && isText(title, 100_000) && isList(groups, (group) => isText(group, 500))
  );
}

function isTold({ told }: Fields): boolean {
  return (
    told === undefined || isList(told, (one) => isObject(one) && isText(one['group'], 500) && isText(one['state'], 500))
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest = Number.POSITIVE_INFINITY): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isMaybe(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean';
}

function isList(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= 100_000 && value.every(isOne);
}

function isLine(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
