/** The feature Chat: the words of its requests, how a question is put together, and what of it people can see before it leaves. */
import type { ContextPart } from '#shared/chat.ts';
import type { Settings } from '#shared/settings.ts';
import type { ChatWords, ComposedTurn } from '../../chat.ts';
import { estimatedTokens } from '../../text/tokens.ts';
import type { Tool } from '../../tool.ts';
import type { ChatCommand } from './commands.ts';
import { composeTurn } from './compose.ts';
import { createInstructions, type InstructionParts } from './instructions.ts';
import { ownCommands } from './ownCommands.ts';
import type { ComposeContext, ComposeParams } from './params.ts';
import { type Before, type PriceRange, previewText, priceRange } from './preview.ts';
import { createWords } from './prompt.ts';
import { remembered } from './remembered.ts';
import { offered, spokenOf, wantsOf } from './spoken.ts';

export type { ChatCommand } from './commands.ts';
export type { ComposeContext, ComposeParams } from './params.ts';

export interface ChatFeature {
  readonly words: ChatWords;
  /**
   * The question with all that goes along. May ask the person whether new instruction files are to be followed; one who
   * only looks (`context.people`) does it again and again, and what did not change is not read again.
   * @throws Refusal when there is nothing to ask; of kind `help` with the answer to `/help` as its message.
   */
  compose(params: ComposeParams, context: ComposeContext): Promise<ComposedTurn>;
  /** What of the editor a text is about, so that only this is asked of it. @throws Refusal as `compose`. */
  wants(text: string, signal: AbortSignal): Promise<readonly ContextPart[]>;
  /**
   * What Will Be Sent, as plain text.
   * @param before `said`: tokens of the conversation so far, `ChatState.context.tokens`; `demo`: the demo would answer.
   */
  preview(turn: ComposedTurn, settings: Settings, before: Omit<Before, 'fixed'>): string;
  /** What it would cost, without its answer: the same in numbers. `before`: tokens of all that goes before the question. */
  estimate(turn: Pick<ComposedTurn, 'tokens'>, settings: Settings, before: Omit<Before, 'fixed'>): Estimate;
  /** Slash commands, the built-in ones first, for completion. */
  commands(signal: AbortSignal): Promise<readonly ChatCommand[]>;
}

export interface Estimate {
  readonly before: number;
  /** Undefined where that is not known. */
  readonly price: PriceRange | undefined;
}

export interface ChatFeatureWorld extends InstructionParts {
  now(): Date;
}

/** @param tools those of `tools/index.ts`: the model is told of them in this order. */
export function createChatFeature(world: ChatFeatureWorld, tools: readonly Tool[]): ChatFeature {
  const words = createWords(tools);
  const refused = new Set<string>();
  const asking = partsOf(world, refused);
  const looking = partsOf(
    remembered(world, () => world.now().getTime()),
    refused,
  );
  const fixed = (settings: Settings): number => {
    const { system, tools: definitions } = words.request([], settings, 'ask');
    return estimatedTokens(JSON.stringify([system, definitions]));
  };
  return {
    words,
    async compose(params, context) {
      const parts = context.people === undefined ? looking : asking;
      const spoken = await spokenOf(params.text, () => ownCommands(parts.world, context.signal));
      return composeTurn(parts, spoken, params, context);
    },
    wants: async (text, signal) => wantsOf(await spokenOf(text, () => ownCommands(world, signal))),
    preview: (turn, settings, before) => previewText(turn, settings, { ...before, fixed: fixed(settings) }),
    estimate({ tokens }, settings, { said, demo = false }) {
      const all = { fixed: fixed(settings), said };
      const price = demo ? { least: 0, most: 0 } : priceRange(tokens, settings.chat.model, all);
      return { before: all.fixed + said, price };
    },
    commands: async (signal) => offered(await ownCommands(world, signal)),
  };
}

function partsOf(world: ChatFeatureWorld, refused: Set<string>) {
  return { world, instructions: createInstructions(world, refused), now: () => world.now() };
}
