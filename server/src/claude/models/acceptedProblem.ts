/** What is wrong with a request, to the compiler: where, and a sentence that takes the place of the type there. */
import type { ThinkingType } from '../schema/requestThinking.ts';
import type { ToolChoice } from '../schema/requestTools.ts';

/** A sentence about the field at the end of the path. */
export interface Wrong<At extends readonly string[], Says extends string> {
  readonly at: At;
  readonly says: Says;
}

/** What is wrong anywhere. */
export type AnyWrong = Wrong<readonly string[], string>;

/** The type of a request with sentences in the places of what is wrong: nothing can be assigned there. */
export type Refused<Value, Problem> = {
  readonly [Key in keyof Value]: [Below<Problem, Key>] extends [never]
    ? Value[Key]
    : RefusedField<Value[Key], Below<Problem, Key>>;
};

type RefusedField<Value, Problem> = [Here<Problem>] extends [never] ? Refused<Value, Problem> : Here<Problem>;

/** The sentences about the value itself. */
type Here<Problem> = Problem extends Wrong<readonly [], infer Says> ? Says : never;

/** What is wrong in one field, seen from there. */
type Below<Problem, Key> =
  Problem extends Wrong<readonly [infer First extends string, ...infer Rest extends readonly string[]], infer Says>
    ? First extends Key
      ? Wrong<Rest, Says>
      : never
    : never;

/** The same, seen from further up. */
export type Within<At extends readonly string[], Problem extends AnyWrong> =
  Problem extends Wrong<infer Rest, infer Says> ? Wrong<readonly [...At, ...Rest], Says> : never;

/** What a field holds when it is given; never when it is not. */
export type Given<Value, Key extends PropertyKey> = Key extends keyof Value
  ? Typed<Exclude<Value[Key], undefined | null>>
  : never;

/** The type itself; what is not typed at all is nothing that can be judged. */
export type Typed<Value> = 0 extends 1 & Value ? unknown : Value;

/** What a field holds when it is surely given; never when it may be absent. */
export type Surely<Value, Key extends PropertyKey> = Key extends keyof Value
  ? [Extract<Value[Key], undefined | null>] extends [never]
    ? Value[Key]
    : never
  : never;

/** The values of a field that are known now: never where any value is possible, since those are checked at run time. */
export type Literal<Value, Key extends PropertyKey, Any> = [Any] extends [Given<Value, Key>]
  ? never
  : Given<Value, Key>;

/** The literal `thinking.type`. */
export type ThinkingMode<Request> = Literal<Given<Request, 'thinking'>, 'type', ThinkingType>;

/** The literal `tool_choice.type`. */
export type ChoiceType<Request> = Literal<Given<Request, 'tool_choice'>, 'type', ToolChoice['type']>;

/** `Then` where some of the value is of that kind. */
export type When<Value, Kind, Then> = Value extends Kind ? Then : never;

/** `a, b or c`. */
export type Listed<Names extends readonly string[]> = Names extends readonly [
  infer First extends string,
  ...infer Rest extends readonly string[],
]
  ? Rest extends readonly []
    ? First
    : Rest extends readonly [infer Last extends string]
      ? `${First} or ${Last}`
      : `${First}, ${Listed<Rest>}`
  : never;
