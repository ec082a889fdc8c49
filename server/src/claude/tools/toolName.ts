/** Names of tools: the pattern of the service, held by the compiler where a name is written out, and at run time. */
import { ClaudeError } from '../errors.ts';

/** Characters in a name, at most. */
export const longestName = 64;

const pattern = /^[a-zA-Z0-9_-]{1,64}$/;

/** @throws ClaudeError of kind `configuration`. */
export function checkedName<Name extends string>(name: Name): Name {
  if (typeof name === 'string' && pattern.test(name)) return name;
  throw new ClaudeError(
    'configuration',
    `A tool has the name ${JSON.stringify(name)}. Use 1 to ${longestName} letters, digits, "_" or "-".`,
    { stage: 'settings', field: 'name' },
  );
}

type Lower = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm' | 'n' | 'o' | 'p' | 'q' | 'r';
type Letter = Lower | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z';
type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type NameCharacter = Letter | Uppercase<Letter> | Digit | '_' | '-';

type AllNameCharacters<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends NameCharacter
    ? AllNameCharacters<Rest>
    : false
  : true;

/** Nothing for a name that can be used or is not known yet; for any other, what no value has. */
export type NameCheck<Name extends string> = string extends Name
  ? unknown
  : Name extends ''
    ? NameProblem
    : AllNameCharacters<Name> extends true
      ? unknown
      : NameProblem;

interface NameProblem {
  readonly name: 'Use 1 to 64 letters, digits, "_" or "-".';
}
