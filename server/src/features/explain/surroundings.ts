/** What stands around the code and helps to read it: problems, declarations, imports, as far as the budget goes. */
import type { Level } from '#shared/explain.ts';
import type { Location } from '#shared/lookups.ts';
import type { Problem } from '#shared/problem.ts';
import type { CodeSymbol } from '#shared/symbols.ts';
import type { Context } from '../../ports.ts';
import { budgets, filled, tokensOfDocuments } from './budget.ts';
import { cleanDocuments } from './cleanMaterial.ts';
import { type Definitions, definedBy, definedInFile, definitionsAt } from './definitions.ts';
import type { MaterialDocument } from './documents.ts';
import { leftOutNotice } from './leftOut.ts';
import type { Material, MaterialSource } from './material.ts';
import { namesIn, type UsedName } from './names.ts';
import { cleanProblems, isSameProblem, problemsDocument, touchesLines } from './problems.ts';

type SurroundingsContext = Pick<Context, 'outgoing' | 'documents' | 'providers' | 'files' | 'trust'>;

/** What was asked of the editor's providers, on its way. */
export interface Lookups {
  readonly names: readonly UsedName[];
  readonly locations: Promise<readonly (Location | undefined)[]>;
  readonly problems: Promise<readonly Problem[]>;
}

/** As many as the protocol carries at once. */
const mostNames = 60;

/** Asks the editor; nothing is waited for. */
export function startLookups({ providers }: SurroundingsContext, { uri }: MaterialSource, material: Material): Lookups {
  const { code, firstLine, languageId, range, kind } = material;
  // A whole file holds most of what it uses itself.
  const names = kind === 'file' ? [] : namesIn(code, firstLine, languageId).slice(0, mostNames);
  const positions = names.map(({ position }) => position);
  return { names, locations: providers.definitions(uri, positions), problems: providers.problems(uri, range) };
}

export interface Surrounded {
  readonly source: MaterialSource;
  readonly symbols: readonly CodeSymbol[];
  readonly material: Material;
  /** The material's documents, cleaned: those of its subject, its imports and what encloses it. */
  readonly own: readonly MaterialDocument[];
  readonly excludedFiles: readonly string[];
  readonly lookups: Lookups;
  readonly level: Level;
  /** The problem that is explained: it is not told twice. */
  readonly problem: Problem | undefined;
}

export interface Surroundings {
  /** All of the request's, what changes least first and the code last. */
  readonly documents: readonly MaterialDocument[];
  readonly replaced: readonly string[];
  readonly notices: readonly string[];
}

/** In this order they are sent. */
const order = [
  'imports',
  'enclosing',
  'outline',
  'definition',
  'definition by name',
  'problems',
  'problem',
  'before',
  'code',
];
/** These may be left out; in this order they find room. */
const byWorth = ['problems', 'enclosing', 'definition', 'definition by name', 'imports'];

export async function surroundings(context: SurroundingsContext, surrounded: Surrounded): Promise<Surroundings> {
  const { own, level } = surrounded;
  const [defined, problems] = await Promise.all([definitionsOf(context, surrounded), problemsOf(context, surrounded)]);
  const all = [...own, ...defined.documents, ...problems.documents];
  const needed = all.filter(({ part }) => !byWorth.includes(part));
  const candidates = byWorth.flatMap((wanted) => all.filter(({ part }) => part === wanted));
  const room = budgets[level] - tokensOfDocuments(needed);
  const { kept, leftOut } = filled(candidates, room);
  const documents = [...needed, ...kept].sort((one, other) => order.indexOf(one.part) - order.indexOf(other.part));
  return { documents, replaced: [...defined.replaced, ...problems.replaced], notices: leftOutNotice(leftOut) };
}

/** By the editor's knowledge; where that has none, by names in the same file. */
async function definitionsOf(context: SurroundingsContext, surrounded: Surrounded): Promise<Definitions> {
  const { lookups, material } = surrounded;
  const { firstLine, lastLine } = material;
  const locations = await lookups.locations;
  const isKept = ({ line }: { readonly line: number }) => line >= firstLine && line <= lastLine;
  const places = definedBy(lookups.names, locations, isKept);
  if (places.length > 0)
    return definitionsAt(context, places, { ...surrounded, firstLine, lastLine, part: 'definition' });
  const definiens = { ...surrounded, firstLine, lastLine, part: 'definition by name' } as const;
  const names = lookups.names.filter(({ position }) => isKept(position));
  return definitionsAt(context, definedInFile(names, definiens), definiens);
}

async function problemsOf(
  { outgoing }: SurroundingsContext,
  { source, material, lookups, problem }: Surrounded,
): Promise<Definitions> {
  const { firstLine, lastLine } = material;
  const others = (await lookups.problems).filter(
    (found) =>
      touchesLines(found.range, firstLine, lastLine) && (problem === undefined || !isSameProblem(found, problem)),
  );
  const clean = await cleanProblems(others, outgoing.clean);
  const told = problemsDocument(source, clean.problems, { part: 'problems' });
  if (told === undefined) return { documents: [], replaced: [] };
  // What else is said of them may hold a secret too.
  const { documents, replaced } = await cleanDocuments([told], outgoing.clean);
  return { documents, replaced: [...clean.replaced, ...replaced] };
}
