/** The type of a value of which only some has come. */

/**
 * What there may be of a value while its JSON comes in: members and items are missing, strings are cut off (so that
 * one of a few is not yet one of them), all else is there whole or not at all.
 */
export type DeepPartial<Value> = unknown extends Value
  ? Value
  : Value extends string
    ? string
    : Value extends readonly unknown[]
      ? number extends Value['length']
        ? readonly DeepPartial<Value[number]>[]
        : PartialMembers<Value>
      : Value extends object
        ? PartialMembers<Value>
        : Value;

type PartialMembers<Value> = { readonly [Name in keyof Value]?: DeepPartial<Value[Name]> };
