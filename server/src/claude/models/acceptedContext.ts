/** What is wrong with caching, betas and their combinations, to the compiler (API reference, "Prompt caching", "Context management"). */

import type { ModelProblem } from './acceptedModel.ts';
import type { LessThan, MoreThan } from './acceptedNumbers.ts';
import type { Given, Surely, When, Within, Wrong } from './acceptedProblem.ts';

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
          EditProblem<Edits[Index], Index>
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
        [Index in keyof Fallbacks]: Within<['fallbacks', Index & string], ModelProblem<Fallbacks[Index]>>;
      }[number]
  : never;

/** How many parts of the prompt are marked to be kept, where that is known. */
export type CacheProblem<Request> =
  MarksOfMessages<
    Given<Request, 'messages'>,
    MarksOf<Given<Request, 'system'>, MarksOf<Given<Request, 'tools'>>>
  > extends infer Marks extends readonly unknown[]
    ? MarksProblem<Marks, Given<Request, 'cache_control'>>
    : never;

type MarksProblem<Marks extends readonly unknown[], Automatic> = [Automatic] extends [never]
  ? [MoreThan<Marks['length'] & number, 4>] extends [never]
    ? never
    : Wrong<['messages'], `cache_control is set in ${Marks['length'] & number} places: at most 4 are possible`>
  : [MoreThan<Marks['length'] & number, 3>] extends [never]
    ? never
    : Wrong<
        ['cache_control'],
        `cache_control is set in ${Marks['length'] & number} places and here: at most 4 are possible`
      >;

type MarksOfMessages<Messages, Marks extends readonly unknown[]> = Messages extends readonly [
  infer Message,
  ...infer Rest,
]
  ? MarksOfMessages<Rest, MarksOf<Given<Message, 'content'>, Marks>>
  : Marks;

type MarksOf<Blocks, Marks extends readonly unknown[] = []> = Blocks extends readonly [infer Block, ...infer Rest]
  ? MarksOf<Rest, Block extends { readonly cache_control: object } ? [...Marks, Block] : Marks>
  : Marks;
