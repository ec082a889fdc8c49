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
import { type Before, previewText } from './preview.ts';
import { createWords } from './prompt.ts';
import { offered, spokenOf, wantsOf } from './spoken.ts';

export type { ChatCommand } from './commands.ts';
export type { ComposeContext, ComposeParams } from './params.ts';

export interface ChatFeature {
  readonly words: ChatWords;
  /**
   * The question with all that goes along. May ask the person whether new instruction files are to be followed.
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
  /** Slash commands, the built-in ones first, for completion. */
  commands(signal: AbortSignal): Promise<readonly ChatCommand[]>;
}

export interface ChatFeatureWorld extends InstructionParts {
  now(): Date;
}

/** @param tools those of `tools/index.ts`: the model is told of them in this order. */
export function createChatFeature(world: ChatFeatureWorld, tools: readonly Tool[]): ChatFeature {
  const words = createWords(tools);
  const instructions = createInstructions(world);
  return {
    words,
    async compose(params, context) {
      const spoken = await spokenOf(params.text, () => ownCommands(world, context.signal));
      return composeTurn({ world, instructions, now: () => world.now() }, spoken, params, context);
    },
    wants: async (text, signal) => wantsOf(await spokenOf(text, () => ownCommands(world, signal))),
    preview(turn, settings, before) {
      const { system, tools: definitions } = words.request([], settings, 'ask');
      return previewText(turn, settings, { ...before, fixed: estimatedTokens(JSON.stringify([system, definitions])) });
    },
    commands: async (signal) => offered(await ownCommands(world, signal)),
  };
}
