/** The bodies of the journal's records, deflated; what is read is held for hostile until it has passed the schema (threats S37). */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { stripControl } from '#shared/control.ts';
import { ExplanationKind, Level } from '#shared/explain.ts';
import { ExplanationTurn } from '#shared/explanations.ts';
import { Range, Uri } from '#shared/place.ts';
import { type ExplanationRecord, Refusal } from '../ports.ts';
import { limits } from './limits.ts';
import { Spot } from './spot.ts';

const Conversation = z.looseObject({
  model: z.string().max(200),
  max_tokens: z.int().min(1),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']) })).max(10_000),
});
const Line = z.int().min(0);

const StoredRecord = z.object({
  id: z.string().min(1).max(64),
  uri: Uri,
  kind: ExplanationKind.or(z.literal('notes')),
  level: Level,
  languageId: z.string().max(100),
  symbol: z.string().max(1_000).optional(),
  code: z.string(),
  range: Range,
  key: z.string().max(500),
  at: z.iso.datetime(),
  turns: z.array(ExplanationTurn).max(1_000),
  notes: z.array(z.object({ line: Line, quote: z.string(), text: z.string() })).max(10_000),
  quotes: z.record(z.string().regex(/^\d{1,6}$/), z.string()),
  // As it is: the service's words go back in their own order.
  conversation: z.custom<ExplanationRecord['conversation']>((value) => Conversation.safeParse(value).success),
  sources: z.array(z.object({ uri: Uri, firstLine: Line, lastLine: Line, part: z.string().max(100) })).max(10_000),
});

/** What following needs of a record: nothing of it is shown. */
export type Followable = Pick<ExplanationRecord, 'kind' | 'code' | 'range' | 'version' | 'quotes' | 'notes'>;
const StoredFollowable = StoredRecord.pick({
  id: true,
  kind: true,
  code: true,
  range: true,
  quotes: true,
  notes: true,
});

/** @throws Refusal when it is larger than any explanation. */
export function packed({ version: _, ...record }: ExplanationRecord): Buffer {
  const text = JSON.stringify(record);
  if (text.length > limits.record)
    throw new Refusal('This explanation is too large to be kept. It is gone when the editor closes.', 'tooLarge');
  return deflateRawSync(text, { level: 3 });
}

export function packedSpot(spot: Spot): Buffer {
  return deflateRawSync(JSON.stringify(spot), { level: 3 });
}

/** The record with its Markdown made inert again; undefined where it is none. */
export async function unpacked(body: Uint8Array, id: string): Promise<ExplanationRecord | undefined> {
  const parsed = StoredRecord.safeParse(inflated(body));
  if (!parsed.success || parsed.data.id !== id) return undefined;
  const { symbol, notes, turns, ...record } = parsed.data;
  const { safeMarkdown } = await import('#shared/markdown.ts');
  return {
    ...record,
    ...(symbol === undefined ? {} : { symbol }),
    notes: notes.map((note) => ({ ...note, text: plainLine(note.text) })),
    turns: turns.map(({ question, answer }) => ({
      ...(question === undefined ? {} : { question }),
      answer: { ...answer, markdown: safeMarkdown(answer.markdown), notices: answer.notices.map(plainLine) },
    })),
  };
}

/** Without its Markdown, which takes longest: a document may have thousands. */
export function unpackedToFollow(body: Uint8Array, id: string): Followable | undefined {
  const parsed = StoredFollowable.safeParse(inflated(body));
  return parsed.success && parsed.data.id === id ? parsed.data : undefined;
}

export function unpackedSpot(body: Uint8Array | undefined): Spot | undefined {
  if (body === undefined || body.length === 0) return undefined;
  const parsed = Spot.safeParse(inflated(body));
  return parsed.success ? parsed.data : undefined;
}

function inflated(body: Uint8Array): unknown {
  try {
    return JSON.parse(inflateRawSync(body, { maxOutputLength: 4 * limits.record }).toString('utf8'));
  } catch {
    // Not ours: the schema says so.
    return undefined;
  }
}

function plainLine(text: string): string {
  return stripControl(text).replace(/\s+/g, ' ');
}
