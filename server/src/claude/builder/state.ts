/** What a builder was told so far, to the compiler, and what is missing or wrong in it. */
import type { Conflict, Problem } from '../models/accepted.ts';
import type { Wrong } from '../models/acceptedProblem.ts';
import type { Use } from '../models/problem.ts';
import type { OutputFormat } from '../output/output.ts';
import type { MessageRequest } from '../schema/request.ts';

/** Nothing was told yet. */
export type Nothing = Record<never, never>;

/** The state with these fields in it, in place of earlier ones. */
export type Added<State, Fields> = {
  readonly [Key in keyof State | keyof Fields]: Key extends keyof Fields
    ? Fields[Key]
    : Key extends keyof State
      ? State[Key]
      : never;
};

/** The state with one more message, or several. */
export type Said<State, Messages extends readonly unknown[]> = Added<
  State,
  { readonly messages: [...MessagesOf<State>, ...Messages] }
>;

type MessagesOf<State> = State extends { readonly messages: infer Messages extends readonly unknown[] } ? Messages : [];

/** The state with another field in `output_config`. */
export type Shaped<State, Fields> = Added<
  State,
  { readonly output_config: Added<State extends { readonly output_config: infer Config } ? Config : Nothing, Fields> }
>;

/** The value where the state that it leads to is possible; else sentences about what is wrong in that state. */
export type Fitting<State, Value> = [Conflict<State, 'create'>] extends [never]
  ? Value
  : Sentence<Conflict<State, 'create'>>;

/** The state, where it is possible. What is wrong was said at the call that brought it: nothing more is said later. */
export type Possible<State> = [Conflict<State, 'create'>] extends [never] ? State : MessageRequest;

type Sentence<Fault> = Fault extends Wrong<readonly string[], infer Says> ? Says : never;

/** `Builder` once all is there and nothing is wrong; else sentences about what is missing or wrong. */
export type Ready<State, For extends Use, Builder> = [Missing<keyof State, For>] extends [never]
  ? [Problem<State, Sent<For>>] extends [never]
    ? Builder
    : Sentence<Problem<State, Sent<For>>>
  : Missing<keyof State, For>;

/** `Next` where the answers have a form that can be checked. */
export type Formed<State, Next> = State extends {
  readonly output_config: { readonly format: OutputFormat<unknown> };
}
  ? Next
  : MessageRequest extends State
    ? Next
    : 'the form of the answer is missing: call output(output(schema)) first';

/** What is counted would be sent: the builder leaves out what is not counted. */
type Sent<For extends Use> = For extends 'count' ? 'create' : For;

type Missing<Keys, For extends Use> = 'model' extends Keys
  ? 'messages' extends Keys
    ? 'max_tokens' extends Keys
      ? never
      : For extends 'count'
        ? never
        : 'max tokens are missing: call maxTokens() first'
    : 'the question is missing: call user() first'
  : 'the model is missing: call model() first';
