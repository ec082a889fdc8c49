/** Finds lines of files: a thread holds the pattern against each, and once more against what of it may leave, where that is less. */
import { type FoundText, Refusal, type TextMatch, type TextQuestion } from '../ports.ts';
import { type Matcher, startMatcher } from './matcher.ts';
import type { MatchAnswer, MatchQuestion } from './matching.ts';
import type { Deadline, SearchParts } from './searchParts.ts';
import type { WalkLimits } from './walk.ts';

export interface TextSearch {
  readonly parts: Pick<SearchParts, 'files' | 'openText' | 'clean'>;
  readonly files: () => AsyncGenerator<SearchedFile>;
  readonly limits: WalkLimits;
  readonly deadline: Deadline;
}

interface SearchedFile {
  readonly uri: string;
  /** As a person knows it. */
  readonly below: string;
}

/** Bytes; larger files are passed over. */
const largestFile = 1024 * 1024;
/** Files that are read and waited for at once. */
const mostAtOnce = 16;

/** What came of one file. */
interface InFile {
  readonly matches: readonly TextMatch[];
  readonly isCut: boolean;
  readonly replaced: readonly string[];
  /** Why it was not looked through. */
  readonly problem?: string;
}

const nothing: InFile = { matches: [], isCut: false, replaced: [] };

type Pattern = Omit<MatchQuestion, 'id' | 'text'>;

/** @throws Refusal for a pattern that is none; the signal's reason. */
export async function searchText(search: TextSearch, question: TextQuestion): Promise<FoundText> {
  const pattern = patternOf(question);
  using matcher = startMatcher(search.deadline.signal);
  const done: InFile[] = [];
  const running: Promise<InFile>[] = [];
  let count = 0;
  const take = async (): Promise<void> => {
    const one = await next(running);
    count += one.matches.length;
    // Most files have nothing.
    if (one !== nothing) done.push(one);
  };
  try {
    for await (const file of search.files()) {
      const searched = searchFile(search, matcher, file, pattern);
      // When it is stopped all of them fail at once, and only the first is waited for.
      searched.catch(() => undefined);
      running.push(searched);
      if (running.length >= mostAtOnce) await take();
      if (count > question.most) break;
    }
    while (running.length > 0 && count <= question.most) await take();
  } catch (error) {
    if (!search.deadline.isOver()) throw error;
    search.limits.isCut = true;
  }
  await Promise.allSettled(running);
  const found = gathered(done, question.most, search.limits.isCut || running.length > 0);
  return search.deadline.isOver() ? { problem: late(), ...found, isCut: true } : found;
}

/** In the order of the files: the first one is waited for. */
async function next(running: Promise<InFile>[]): Promise<InFile> {
  const [first = Promise.reject(new Error('Nothing is searched.'))] = running;
  const result = await first;
  running.shift();
  return result;
}

function gathered(done: readonly InFile[], most: number, isCut: boolean): FoundText {
  const matches = done.flatMap((one) => one.matches);
  const [problem] = done.flatMap((one) => one.problem ?? []);
  return {
    matches: matches.slice(0, most),
    isCut: isCut || matches.length > most || done.some((one) => one.isCut),
    replaced: [...new Set(done.flatMap((one) => one.replaced))],
    ...(problem === undefined ? {} : { problem }),
  };
}

/** @throws Refusal when the thread cannot use the pattern; the caller's reason. */
async function searchFile(search: TextSearch, matcher: Matcher, file: SearchedFile, pattern: Pattern): Promise<InFile> {
  const { parts, deadline } = search;
  try {
    const text = parts.openText(file.uri) ?? (await parts.files.readBytes(file.uri, largestFile));
    const raw = await asked(matcher, pattern, text);
    if (raw.found.length === 0) return nothing;
    const whole = typeof text === 'string' ? text : new TextDecoder().decode(text);
    const cleaned = await parts.clean(whole);
    const { found, isCut } = cleaned.text === whole ? raw : await asked(matcher, pattern, cleaned.text);
    return { matches: found.map((match) => ({ uri: file.uri, ...match })), isCut, replaced: cleaned.replaced };
  } catch (error) {
    if (error instanceof Refusal && error.kind !== 'pattern') return nothing;
    if (!deadline.isOver()) throw error;
    return { ...nothing, isCut: true, problem: late(file) };
  }
}

async function asked(matcher: Matcher, pattern: Pattern, text: string | Uint8Array): Promise<MatchAnswer> {
  const answer = await matcher.match({ ...pattern, text });
  if (answer.problem !== undefined) throw badPattern(answer.problem);
  return answer;
}

function late(file?: SearchedFile): string {
  const where = file === undefined ? '' : ` at ${file.below}`;
  return `The search took too long and was ended${where}. Use a simpler pattern, or search below a folder.`;
}

/** As other search tools write it, too: `(?i)` in front. @throws Refusal for what is no regular expression. */
function patternOf({ pattern, isRegex, isCaseSensitive, around, most }: TextQuestion): Pattern {
  if (pattern === '' || pattern.length > 1_000 || pattern.includes('\0'))
    throw badPattern('it is empty, too long, or holds NUL');
  const isFolded = isRegex && pattern.startsWith('(?i)');
  const source = isRegex ? pattern.slice(isFolded ? 4 : 0) : pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const flags = isCaseSensitive && !isFolded ? '' : 'i';
  try {
    return { pattern: new RegExp(source, flags).source, flags, around, most: most + 1 };
  } catch (error) {
    throw badPattern(error instanceof Error ? error.message : String(error));
  }
}

function badPattern(problem: string): Refusal {
  return new Refusal(`The pattern cannot be searched for: ${problem.replace(/^\w*Error: /, '')}.`, 'pattern');
}
