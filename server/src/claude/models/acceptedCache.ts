/** What is wrong with the marks of the cache, to the compiler: how many, and how long they live (API reference, "Prompt caching"). */
import type { MoreThan } from './acceptedNumbers.ts';
import type { Given, Typed, When, Wrong } from './acceptedProblem.ts';

/** Marks whose number or life is only known at run time are not counted. */
export type CacheProblem<Request> = ProblemOf<
  MarksOf<ListOf<Request, 'tools'>>,
  MarksOf<ListOf<Request, 'system'>>,
  MarksOfMessages<ListOf<Request, 'messages'>>,
  Given<Request, 'cache_control'>
>;

type ListOf<Value, Key extends string> = [Given<Value, Key>] extends [never] ? [] : Given<Value, Key>;

type ProblemOf<
  Tools extends readonly unknown[],
  System extends readonly unknown[],
  Messages extends readonly unknown[],
  Automatic,
> =
  | NumberProblem<[...Tools, ...System, ...Messages]['length'] & number, Automatic>
  | OrderProblem<'tools', [], Tools>
  | OrderProblem<'system', Tools, System>
  | OrderProblem<'messages', [...Tools, ...System], Messages>
  | When<Automatic, { readonly ttl: '1h' }, OrderProblem<'cache_control', [...Tools, ...System, ...Messages], ['1h']>>;

type NumberProblem<Marks extends number, Automatic> = [Automatic] extends [never]
  ? [MoreThan<Marks, 4>] extends [never]
    ? never
    : Wrong<['messages'], `cache_control is set in ${Marks} places: at most 4 are possible`>
  : [MoreThan<Marks, 3>] extends [never]
    ? never
    : Wrong<['cache_control'], `cache_control is set in ${Marks} places and here: at most 4 are possible`>;

/** In the order tools, system, messages, what is kept for an hour comes before what is kept for five minutes. */
type OrderProblem<At extends string, Earlier extends readonly unknown[], Marks extends readonly unknown[]> =
  '1h' extends After<[...Earlier, ...Marks]>
    ? '1h' extends After<Earlier>
      ? never
      : Wrong<[At], 'parts that are cached for 1h must come before those for 5m'>
    : never;

/** The lives of the marks that come after one of five minutes. */
type After<Marks extends readonly unknown[]> = Marks extends readonly [infer First, ...infer Rest]
  ? First extends '5m'
    ? Rest[number]
    : After<Rest>
  : never;

type MarksOfMessages<Messages, Marks extends readonly unknown[] = []> = Messages extends readonly [
  infer Message,
  ...infer Rest,
]
  ? MarksOfMessages<Rest, MarksOf<ListOf<Message, 'content'>, Marks>>
  : Marks;

/** The lives of the blocks or tools that are marked, one by one. */
type MarksOf<Blocks, Marks extends readonly unknown[] = []> = Blocks extends readonly [infer Block, ...infer Rest]
  ? MarksOf<
      Rest,
      Typed<Block> extends { readonly cache_control: infer Mark extends object } ? [...Marks, Life<Mark>] : Marks
    >
  : Marks;

type Life<Mark> = 'ttl' extends keyof Mark ? ([Mark['ttl']] extends ['5m' | '1h'] ? Mark['ttl'] : 'unknown') : '5m';
