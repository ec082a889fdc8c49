/** The numbers of JSON, character by character: what may follow what, and where one may end. */

/** How far into a number a reader is. */
export type NumberState = 'sign' | 'zero' | 'integer' | 'point' | 'fraction' | 'exponent' | 'exponentSign' | 'power';

const digits = '0123456789';

/** What may come first. */
const begin: readonly (readonly [characters: string, next: NumberState])[] = [
  ['123456789', 'integer'],
  ['0', 'zero'],
  ['-', 'sign'],
];

const after: Readonly<Record<NumberState, typeof begin>> = {
  sign: [
    ['123456789', 'integer'],
    ['0', 'zero'],
  ],
  zero: [
    ['.', 'point'],
    ['eE', 'exponent'],
  ],
  integer: [
    [digits, 'integer'],
    ['.', 'point'],
    ['eE', 'exponent'],
  ],
  point: [[digits, 'fraction']],
  fraction: [
    [digits, 'fraction'],
    ['eE', 'exponent'],
  ],
  exponent: [
    [digits, 'power'],
    ['+-', 'exponentSign'],
  ],
  exponentSign: [[digits, 'power']],
  power: [[digits, 'power']],
};

/** Where a number stands after another character; undefined when that cannot be part of it. */
export function numberAfter(state: NumberState | undefined, character: string): NumberState | undefined {
  const ways = state === undefined ? begin : after[state];
  return ways.find(([characters]) => characters.includes(character))?.[1];
}

/** Whether a number may be over here. */
export function isWholeNumber(state: NumberState): boolean {
  return state === 'zero' || state === 'integer' || state === 'fraction' || state === 'power';
}
