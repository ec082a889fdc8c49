/** What is written in a chat panel: what may be chosen, mentioned, looked at before it is sent, and sent. */
import type * as z from 'zod';
import {
  chatApplyRequest,
  chatChooseRequest,
  chatCompleteRequest,
  chatMentionRequest,
  chatModelsRequest,
  chatPlacesRequest,
  chatPreviewRequest,
  chatSendRequest,
} from '#shared/panelRequests.ts';
import { models, priceTable } from '../claude/index.ts';
import { Refusal } from '../ports.ts';
import { type ChatCommandParts, chatOf, refuseUntrusted } from './chatFound.ts';
import type { Glance } from './chatParts.ts';
import { type PanelAnswer, panelAnswer } from './panelAnswer.ts';
import { applyCode } from './panelApply.ts';
import { createPanelSend } from './panelSend.ts';

export function panelWriting(parts: ChatCommandParts): readonly PanelAnswer[] {
  const { engine } = parts;
  const { writing } = engine;
  return [
    panelAnswer(chatSendRequest, createPanelSend(parts)),
    panelAnswer(chatChooseRequest, async ({ chat: id, mode, model, effort }) => {
      const chat = await chatOf(parts, id);
      // A model that is refused changes nothing else either.
      if (model !== undefined || effort !== undefined) chat.choose({ model, effort });
      if (mode !== undefined) chat.setMode(mode);
      return {};
    }),
    panelAnswer(chatPreviewRequest, (asked, signal) => preview(parts, asked, signal)),
    panelAnswer(chatCompleteRequest, async ({ line }, signal) => ({
      suggestions: (await writing.complete(line, signal)).map((each) => ({
        ...each,
        detail: each.detail.slice(0, 1_000),
      })),
    })),
    panelAnswer(chatMentionRequest, async ({ places }) => ({
      mentions: places.map((place) => writing.mention(place) ?? ''),
    })),
    panelAnswer(chatModelsRequest, async () => ({ models: offeredModels() })),
    panelAnswer(chatApplyRequest, (asked, signal) => applyCode(parts, asked, signal)),
    panelAnswer(chatPlacesRequest, async ({ texts }) => ({ places: [...(await engine.places.named(texts))] })),
  ];
}

function offeredModels(): z.infer<typeof chatModelsRequest.result>['models'] {
  const offered = new Map(
    [...models.values()].filter(({ lifecycle }) => lifecycle === 'active').map((one) => [one.id, one]),
  );
  return [...offered.values()].map(({ id, effort, contextWindow }) => {
    const price = priceTable.models[id];
    const dollars = price === undefined ? {} : { price: { input: price.input, output: price.output } };
    return { id, efforts: [...effort], window: contextWindow, ...dollars };
  });
}

type Previewing = z.infer<typeof chatPreviewRequest.params>;
type Preview = z.infer<typeof chatPreviewRequest.result>;

const nothing: Preview = { chips: [], tokens: 0, before: 0, notices: [] };

async function preview(
  parts: ChatCommandParts,
  { chat, draft, open }: Previewing,
  signal: AbortSignal,
): Promise<Preview> {
  // Looking at what would be sent reads the workspace's commands and instructions (threats S2).
  refuseUntrusted(parts);
  const { text, media, selection } = draft;
  const glance = await glanced(parts, { text: text.trim(), conversation: chat, media, selection }, signal);
  if (glance === undefined) return nothing;
  const { turn, before, price } = glance;
  if (open) await parts.texts.showText(`will-be-sent-${chat}`, glance.text());
  return {
    chips: turn.attached.slice(0, 200).map(({ name, kind, tokens }) => ({
      ...{ name: name.slice(0, 2_000), kind, tokens: Math.max(0, Math.round(tokens)) },
    })),
    tokens: Math.round(turn.tokens),
    before: Math.round(before),
    ...(price === undefined ? {} : { price }),
    notices: (turn.notices ?? []).slice(0, 200).map((notice) => notice.slice(0, 2_000)),
  };
}

/** Undefined where nothing would be sent: nothing is written yet, or it is answered here. */
async function glanced(
  { engine }: ChatCommandParts,
  typed: Parameters<typeof engine.writing.glance>[0],
  signal: AbortSignal,
): Promise<Glance | undefined> {
  try {
    return await engine.writing.glance(typed, signal);
  } catch (error) {
    if (error instanceof Refusal && (error.kind === 'help' || error.kind === 'empty')) return undefined;
    throw error;
  }
}
