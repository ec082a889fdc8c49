/** Fields that the API does not know, wherever they stand, to the compiler. Such fields are an error of the service, too. */
import type { MessageRequest } from '../schema/request.ts';
import type { Typed, Wrong } from './acceptedProblem.ts';
import type { Use } from './problem.ts';

/** Each field of the value that its shape does not have. */
export type UnknownField<Value, Shape, For extends Use> = FieldsProblem<Value, Shape, [], 'the request', For>;

type FieldsProblem<
  Value,
  Shape,
  At extends readonly string[],
  Name extends string,
  For extends Use,
> = Value extends readonly unknown[]
  ? ItemsProblem<Value, ItemOf<Shape>, At, Name, For>
  : Value extends object
    ? ObjectProblem<Value, Matching<Shape, Value>, At, Name, For>
    : never;

type ItemOf<Shape> = Shape extends readonly (infer Item)[] ? Item : never;

type ItemsProblem<
  Value extends readonly unknown[],
  Item,
  At extends readonly string[],
  Name extends string,
  For extends Use,
> = number extends Value['length']
  ? FieldsProblem<Typed<Value[number]>, Item, At, Name, For>
  : {
      [Index in keyof Value]: FieldsProblem<Typed<Value[Index]>, Item, readonly [...At, Index & string], Name, For>;
    }[number];

/** The shapes that a value of this type or role may have. */
type Matching<Shape, Value> = Shape extends object
  ? Shape extends readonly unknown[]
    ? never
    : [Tag<Value, 'type'>, Tag<Value, 'role'>] extends [TagOf<Shape, 'type'>, TagOf<Shape, 'role'>]
      ? Shape
      : never
  : never;

type Tag<Value, Key extends string> = Key extends keyof Value ? Value[Key] : undefined;
type TagOf<Shape, Key extends string> = Key extends keyof Shape ? Shape[Key] : unknown;

/** Values of declared types, values with any fields, and values that are sent as something else are not looked into. */
type ObjectProblem<Value, Shape, At extends readonly string[], Name extends string, For extends Use> = [Shape] extends [
  never,
]
  ? never
  : [Shape] extends [Value]
    ? never
    : string extends keyof Value
      ? never
      : 'toJSON' extends keyof Value
        ? never
        : {
            [Key in keyof Value & string]-?: FieldProblem<Key, Value, Strict<Shape>, At, Name, For>;
          }[keyof Value & string];

/** Of several shapes, those that do not take just any field. */
type Strict<Shape> = [Closed<Shape>] extends [never] ? Shape : Closed<Shape>;
type Closed<Shape> = Shape extends unknown ? (string extends keyof Shape ? never : Shape) : never;

type KeysOf<Shape> = Shape extends unknown ? keyof Shape : never;
/** Fields that hold text or numbers: nothing is in them. */
type PlainKey<Shape> = Shape extends unknown
  ? { [Key in keyof Shape]-?: [Extract<Shape[Key], object>] extends [never] ? Key : never }[keyof Shape]
  : never;
type FieldOf<Shape, Key> = Shape extends unknown ? (Key extends keyof Shape ? Shape[Key] : never) : never;

type FieldProblem<
  Key extends keyof Value & string,
  Value,
  Shape,
  At extends readonly string[],
  Name extends string,
  For extends Use,
> =
  Key extends KeysOf<Shape>
    ? Key extends 'format' | PlainKey<Shape>
      ? never
      : FieldsProblem<Typed<Value[Key]>, FieldOf<Shape, Key>, readonly [...At, Key], Key, For>
    : Typed<Value[Key]> extends ((...parts: never) => unknown) | undefined
      ? never
      : Key extends 'citations'
        ? Typed<Value[Key]> extends readonly [unknown, ...unknown[]]
          ? Wrong<readonly [...At, Key], 'text with citations is an answer, refused elsewhere: leave citations out'>
          : never
        : Wrong<readonly [...At, Key], Sentence<Key, Kind<Name, Value>, KeysOf<Shape>, Value, For>>;

/** `tools of type custom`. */
type Kind<Name extends string, Value> = Value extends { readonly type: infer Type extends string }
  ? `${Name} of type ${Type}`
  : Name;

type Sentence<Key extends string, Name extends string, Known, Value, For extends Use> = Name extends 'the request'
  ? Key extends keyof TopLevel
    ? TopLevel[Key]
    : Key extends keyof MessageRequest
      ? For extends 'batch'
        ? `${Key} is not possible in a batch: leave it out`
        : `${Key} is not counted: leave it out of countTokens`
      : UnknownSentence<Key, Name, Known>
  : Value extends { readonly type: infer Type extends 'disabled' | 'between_tools' }
    ? `thinking of type ${Type} takes no other fields: leave ${Key} out`
    : UnknownSentence<Key, Name, Known>;

type UnknownSentence<Key extends string, Name extends string, Known> = [Similar<Key, Known>] extends [never]
  ? `${Key} is not a field of ${Name}: leave it out`
  : `${Key} is not a field of ${Name}: did you mean ${Similar<Key, Known>}?`;

/** Fields of other versions and other clients. */
interface TopLevel {
  readonly temperature: Removed<'temperature'>;
  readonly top_p: Removed<'top_p'>;
  readonly top_k: Removed<'top_k'>;
  readonly stream: 'stream is not a field of the request: call stream for a stream, create for the whole answer';
  readonly betas: 'betas is not a field of the request: give betas in the options, after the request';
  readonly output_format: 'output_format does not exist any more: use output_config.format';
  readonly user_profile_id: 'user_profile_id is a header: give it in the options, as headers';
  readonly workspace_id: 'workspace_id is a header: give it in the options, as headers';
}

type Removed<Key extends string> = `${Key} does not exist any more in this version of the API: leave it out`;

/** Known fields that differ by their ends, or that are written in another case. */
type Similar<Key extends string, Known> =
  | Extract<Known, `${Key}${string}`>
  | (Known extends string ? (Key extends `${Known}${string}` ? Known : never) : never)
  | Extract<Known, SnakeCase<Key>>;

type SnakeCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends Uncapitalize<First>
    ? `${First}${SnakeCase<Rest>}`
    : `_${Uncapitalize<First>}${SnakeCase<Rest>}`
  : '';
