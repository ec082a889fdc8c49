/** What is wrong between numbers of tokens and other fields, whatever the model, to the compiler (API reference, "Messages", request). */
import type { LessThan, NotWhole } from './acceptedNumbers.ts';
import type { ChoiceType, Given, Surely, ThinkingMode, When, Wrong } from './acceptedProblem.ts';
import type { Use } from './problem.ts';

export type TokensProblem<Request, For extends Use> =
  | WholeProblem<Given<Request, 'max_tokens'>>
  | When<Given<Request, 'max_tokens'>, 0, NothingProblem<Request, For>>
  | BudgetProblem<Given<Given<Request, 'thinking'>, 'budget_tokens'>, Given<Request, 'max_tokens'>>
  | When<
      ThinkingMode<Request>,
      'enabled',
      When<
        ChoiceType<Request>,
        'any' | 'tool',
        Wrong<['tool_choice', 'type'], 'a tool cannot be forced while thinking is manual: use auto'>
      >
    >;

type WholeProblem<Tokens> = Tokens extends number
  ? [NotWhole<Tokens>] extends [never]
    ? never
    : Wrong<['max_tokens'], `max_tokens is ${Tokens}: it must be a whole number, 0 or more`>
  : never;

/** Without tokens the request only fills the cache. */
type NothingProblem<Request, For extends Use> =
  | When<
      For,
      'stream',
      Wrong<['max_tokens'], 'max_tokens 0 only fills the cache and cannot be streamed: use create, or allow some'>
    >
  | When<For, 'batch', Wrong<['max_tokens'], 'max_tokens 0 is not possible in a batch: allow some'>>
  | When<
      ThinkingMode<Request>,
      'enabled',
      Wrong<['max_tokens'], 'max_tokens 0 cannot be combined with manual thinking: leave thinking out'>
    >
  | When<
      ChoiceType<Request>,
      'any' | 'tool',
      Wrong<['max_tokens'], 'max_tokens 0 cannot be combined with a forced tool: use auto'>
    >
  | When<
      Surely<Surely<Request, 'output_config'>, 'format'>,
      object,
      Wrong<['max_tokens'], 'max_tokens 0 cannot be combined with an output format: leave format out'>
    >;

type BudgetProblem<Budget, Tokens> = Budget extends number
  ? number extends Budget
    ? never
    : [NotWhole<Budget> | LessThan<Budget, 1024>] extends [never]
      ? When<
          Tokens,
          Budget | LessThanAny<Exclude<Tokens, 0>, Budget>,
          Wrong<
            ['thinking', 'budget_tokens'],
            'budget_tokens must be less than max_tokens: raise max_tokens or lower budget_tokens'
          >
        >
      : Wrong<['thinking', 'budget_tokens'], 'budget_tokens must be a whole number of at least 1024'>
  : never;

/** The numbers of tokens that are less than the budget. */
type LessThanAny<Tokens, Budget extends number> = Tokens extends number ? LessThan<Tokens, Budget> : never;
