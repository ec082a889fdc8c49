/** Arithmetic of the compiler on literal numbers: whole or not, more than a limit or not. */

/** The number itself where it is literal and not a whole number from 0 on; else never. */
export type NotWhole<Count extends number> = `${Count}` extends
  | `-${string}`
  | `${string}.${string}`
  | `${string}e-${string}`
  ? Count
  : never;

/** The number itself where it is literal and more than the limit, a whole number; else never. */
export type MoreThan<Count extends number, Limit extends number> = number extends Count | Limit
  ? never
  : Count extends number
    ? [NotWhole<Count>] extends [never]
      ? `${Count}` extends `${string}e+${string}`
        ? Count
        : Order<`${Count}`, `${Limit}`> extends 'more'
          ? Count
          : never
      : never
    : never;

/** The number itself where it is literal and not less than the limit; else never. */
export type AtLeast<Count extends number, Limit extends number> = Count extends Limit ? Count : MoreThan<Count, Limit>;

/** The number itself where it is literal and less than the limit; else never. */
export type LessThan<Count extends number, Limit extends number> = number extends Count | Limit
  ? never
  : Count extends number
    ? [AtLeast<Count, Limit>] extends [never]
      ? Count
      : never
    : never;

/** How two numbers compare, as their digits: the longer one is more, and then the first digit that differs decides. */
type Order<One extends string, Other extends string> =
  Lengths<One, Other> extends 'same' ? Digits<One, Other> : Lengths<One, Other>;

type Lengths<One extends string, Other extends string> = One extends `${string}${infer OneRest}`
  ? Other extends `${string}${infer OtherRest}`
    ? Lengths<OneRest, OtherRest>
    : 'more'
  : Other extends ''
    ? 'same'
    : 'less';

type Digits<One extends string, Other extends string> = One extends `${infer OneDigit}${infer OneRest}`
  ? Other extends `${infer OtherDigit}${infer OtherRest}`
    ? OneDigit extends OtherDigit
      ? Digits<OneRest, OtherRest>
      : '0123456789' extends `${string}${OtherDigit}${string}${OneDigit}${string}`
        ? 'more'
        : 'less'
    : never
  : 'same';
