/** What a file of tests is made from. */
import type { CodeFunction } from './functions.ts';
import type { Source } from './source.ts';
import type { TestCase } from './testCases.ts';
import type { TestPlace } from './testPlace.ts';

export interface Tested {
  readonly source: Source;
  readonly code: CodeFunction;
  /** The class of a method. */
  readonly owner: string | undefined;
  readonly cases: readonly TestCase[];
  readonly place: TestPlace;
  readonly neighbours: readonly string[];
}
