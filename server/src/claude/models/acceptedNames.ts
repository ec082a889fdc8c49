/** Names of tools, to the compiler (API reference, "Tool definitions"). */

/** What is wrong with a literal name: a piece of a sentence, or never. */
export type NameFault<Name extends string> = string extends Name
  ? never
  : Name extends ''
    ? 'is empty'
    : Scan<Name, []>;

/** Walks along the name; longer than 64 is too long. */
type Scan<Rest extends string, Seen extends readonly unknown[]> = Rest extends `${infer First}${infer Others}`
  ? Seen['length'] extends 64
    ? 'is longer than 64 characters'
    : First extends Character
      ? Scan<Others, [...Seen, First]>
      : `may not hold "${First}"`
  : never;

type Character =
  | Letters<'abcdefghijklmnopqrstuvwxyz'>
  | Uppercase<Letters<'abcdefghijklmnopqrstuvwxyz'>>
  | Letters<'0123456789_-'>;

type Letters<Text extends string> = Text extends `${infer First}${infer Rest}` ? First | Letters<Rest> : never;
