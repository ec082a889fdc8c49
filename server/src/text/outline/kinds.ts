/** What an outline can hold, as the LSP numbers it (section "Document Symbols Request"). */

export type Kind =
  | 'module'
  | 'class'
  | 'method'
  | 'constructor'
  | 'enum'
  | 'interface'
  | 'function'
  | 'object'
  | 'struct'
  | 'type';

export const symbolKinds: Readonly<Record<Kind, number>> = {
  module: 2,
  class: 5,
  method: 6,
  constructor: 9,
  enum: 10,
  interface: 11,
  function: 12,
  object: 19,
  struct: 23,
  type: 26,
};

/** A declaration, in offsets into the text. */
export interface Found {
  readonly name: string;
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
}
