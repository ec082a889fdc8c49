/** What an entry may say: entries are held to it when they are written, and when they are read (threats S37). */
import * as z from 'zod';
import { Uri } from '#shared/place.ts';
import { Usage } from '#shared/usage.ts';
import type { EntryContent } from '../ports.ts';

const Line = z.int().min(0);
const Name = z.string().max(500);
const Source = z.object({ uri: Uri, firstLine: Line, lastLine: Line, part: z.string().max(100) });

const Turn = (role: z.ZodType) =>
  z.looseObject({ role, content: z.string().or(z.array(z.looseObject({ type: z.string().max(100) })).max(100_000)) });
// Instructions of the highest rank are never taken from a disk.
const Asked = Turn(z.literal('user'));
const Answered = Turn(z.literal('assistant'));

const Attached = z.object({
  name: z.string().max(5_000),
  kind: z.enum([
    'file',
    'folder',
    'symbol',
    'problems',
    'changes',
    'selection',
    'terminal',
    'image',
    'document',
    'instructions',
    'outcome',
  ]),
  tokens: z.number().min(0),
  sources: z.array(Source).max(10_000),
});

const CallNote = z.object({
  id: Name,
  tool: Name,
  title: z.string().max(100_000),
  outcome: z.enum(['done', 'failed', 'denied', 'refused', 'stopped', 'skipped']),
  groups: z.array(Name).max(10_000),
});

const Content = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asked'), turn: Asked, text: z.string(), attached: z.array(Attached).max(10_000) }),
  z.object({
    kind: z.literal('answered'),
    turn: Answered,
    model: Name,
    stopReason: Name,
    usage: Usage,
    receipt: z.string().max(5_000),
    demo: z.boolean(),
    cut: z.string().max(100_000).optional(),
  }),
  z.object({ kind: z.literal('results'), turn: Asked, calls: z.array(CallNote).max(10_000) }),
  z.object({
    kind: z.literal('compacted'),
    turns: z.array(Asked.or(Answered)).max(10_000),
    usage: Usage,
    receipt: z.string().max(5_000),
  }),
  z.object({ kind: z.literal('noted'), text: z.string().max(1_000_000) }),
]);

/** As it is, when it is one: what goes back to the service keeps the order of its fields. */
export function isContent(value: unknown): value is EntryContent {
  return Content.safeParse(value).success;
}
