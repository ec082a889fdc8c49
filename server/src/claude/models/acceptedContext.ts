/** What is wrong with betas and with fields that exclude each other, to the compiler (API reference, "Context management"). */

import type { ModelProblem } from './acceptedModel.ts';
import type { LessThan } from './acceptedNumbers.ts';
import type { Given, Surely, Typed, When, Within, Wrong } from './acceptedProblem.ts';
import type { OpenProblem } from './acceptedTools.ts';

export type ContextProblem<Request> =
  | When<
      Surely<Request, 'thread'>,
      object,
      | ThreadProblem<Request, 'cache_control'>
      | ThreadProblem<Request, 'context_management'>
      | ThreadProblem<Request, 'fallbacks'>
    >
  | When<
      Surely<Request, 'compaction'>,
      object,
      When<
        Surely<Request, 'context_management'>,
        object,
        Wrong<['compaction'], 'compaction cannot be combined with context_management: leave one of them out'>
      >
    >
  | EditsProblem<Given<Given<Request, 'context_management'>, 'edits'>>
  | When<Surely<Surely<Request, 'output_config'>, 'format'>, object, CitedProblem<Given<Request, 'messages'>>>
  | Within<
      ['output_config', 'format', 'schema'],
      OpenProblem<Given<Given<Given<Request, 'output_config'>, 'format'>, 'schema'>, 'an output format'>
    >
  | FallbacksProblem<Given<Request, 'fallbacks'>>;

type ThreadProblem<Request, Key extends string> = [Surely<Request, Key>] extends [never]
  ? never
  : Wrong<[Key], `a thread cannot be combined with ${Key}: leave one of them out`>;

type EditsProblem<Edits> = Edits extends readonly unknown[]
  ? number extends Edits['length']
    ? never
    : {
        [Index in keyof Edits]: Within<
          ['context_management', 'edits', Index & string],
          EditProblem<Typed<Edits[Index]>, Index>
        >;
      }[number]
  : never;

type EditProblem<Edit, Index> =
  | (Index extends '0'
      ? never
      : When<
          Edit,
          { readonly type: 'clear_thinking_20251015' },
          Wrong<['type'], 'clear_thinking_20251015 must be the first of the edits'>
        >)
  | (Edit extends {
      readonly type: 'compact_20260112';
      readonly trigger: { readonly value: infer Value extends number };
    }
      ? [LessThan<Value, 50_000>] extends [never]
        ? never
        : Wrong<['trigger', 'value'], 'compact_20260112 begins at 50000 tokens or later'>
      : never);

/** Citations of what the person sent, or of what a tool answered. */
type CitedProblem<Messages> = Messages extends readonly (infer Message)[]
  ? Message extends { readonly content: readonly (infer Block)[] }
    ? When<
        Block | (Block extends { readonly content: readonly (infer Inner)[] } ? Inner : never),
        { readonly citations: { readonly enabled: true } },
        Wrong<['output_config', 'format'], 'an output format cannot be combined with citations: leave one of them out'>
      >
    : never
  : never;

/** Each of the other models has its own rules. */
type FallbacksProblem<Fallbacks> = Fallbacks extends readonly unknown[]
  ? number extends Fallbacks['length']
    ? never
    : {
        [Index in keyof Fallbacks]: Within<['fallbacks', Index & string], ModelProblem<Typed<Fallbacks[Index]>>>;
      }[number]
  : never;
