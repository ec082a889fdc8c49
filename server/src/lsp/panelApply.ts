/** Puts code of an answer into a document: only what stands there as a block of code, so that a message can put nothing else anywhere (threats S22). */
import type * as z from 'zod';
import { createSegments, type Segment } from '#shared/markdown/segments.ts';
import { inertBlocks } from '#shared/markdown.ts';
import type { chatApplyRequest } from '#shared/panelRequests.ts';
import { Refusal } from '../ports.ts';
import { type ChatCommandParts, chatOf, refuseUntrusted } from './chatFound.ts';
import { contentsOf, entryIn } from './panelContents.ts';

type Applying = z.infer<typeof chatApplyRequest.params>;

export async function applyCode(
  parts: ChatCommandParts,
  asked: Applying,
  signal: AbortSignal,
): Promise<{ message: string }> {
  refuseUntrusted(parts);
  const { how, uri, selection } = asked;
  const chat = await chatOf(parts, asked.chat);
  const stored = chat.stored();
  // What still comes may end otherwise.
  const entry = stored.entries.find(({ id }) => id === entryIn(asked.item));
  const [content] = entry?.content.kind === 'answered' ? contentsOf(chat, [asked.item]) : [];
  const wanted = plain(asked.code);
  const block = codeBlocks(content?.text ?? '').find(({ code }) => plain(code) === wanted);
  if (block === undefined || wanted === '')
    throw new Refusal('That code does not stand in this answer (any more). Nothing was done.', 'gone');
  const { code, info } = block;
  const message = await parts.engine.applying.put(
    { code, info, how, uri, selection, title: stored.summary.title },
    signal,
  );
  return { message: message.slice(0, 2_000) };
}

interface CodeBlock {
  readonly code: string;
  /** Behind the fence that opens it. */
  readonly info: string;
}

/** As the panel's page takes an answer apart. */
function codeBlocks(text: string): readonly CodeBlock[] {
  const segments = createSegments();
  segments.append(text);
  return segments.all.flatMap((segment): readonly CodeBlock[] => {
    if (segment.kind === 'code') return [{ code: textOf(segment), info: segment.info }];
    return segment.kind === 'markdown' ? (inertBlocks(textOf(segment)) ?? []).flatMap(blocksIn) : [];
  });
}

/** Lines that were cut are whole again. */
function textOf({ lines, cut }: Segment): string {
  return lines.map((line, index) => (cut.has(index) || index === lines.length - 1 ? line : `${line}\n`)).join('');
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly lang?: string | null | undefined;
  readonly meta?: string | null | undefined;
  readonly children?: readonly Node[];
}

function blocksIn(node: Node): readonly CodeBlock[] {
  if (node.type === 'code') return [{ code: node.value ?? '', info: `${node.lang ?? ''} ${node.meta ?? ''}`.trim() }];
  return (node.children ?? []).flatMap(blocksIn);
}

function plain(code: string): string {
  return code.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}
