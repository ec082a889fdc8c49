/** Searches the files of the workspace folders: bounded in time, entries and results, and past what must not be shown (threats S16, S41). */
import { type FoundFiles, type GlobQuestion, Refusal, type Search } from '../ports.ts';
import { type Glob, globOf } from '../text/glob.ts';
import { entriesIn } from './folders.ts';
import { type Deadline, type SearchParts, withDeadline } from './searchParts.ts';
import { createSearchPlaces, type SearchPlaces, type Start } from './searchPlaces.ts';
import { searchText } from './searchText.ts';
import { mostEntries, type Walked, type WalkLimits, walk } from './walk.ts';

const mostInFolder = 2_000;

export function createSearch(parts: SearchParts): Search {
  return {
    files: (question, signal) => findFiles(parts, question, withDeadline(parts, signal)),
    async text(question, signal) {
      const places = createSearchPlaces(parts);
      const glob = question.glob === undefined ? () => true : globFor(question.glob);
      const deadline = withDeadline(parts, signal);
      const limits: WalkLimits = { entries: mostEntries, isCut: false };
      const files = (): AsyncGenerator<Found> =>
        filesOf({ parts, places, below: question.below, glob, limits, deadline });
      return searchText({ parts, files, limits, deadline }, question);
    },
    folder: (uri, signal) => listFolder(parts, uri, signal),
  };
}

interface Found extends Walked {
  readonly uri: string;
}

interface Finding {
  readonly parts: SearchParts;
  readonly places: SearchPlaces;
  readonly below: string | undefined;
  readonly glob: Glob;
  readonly limits: WalkLimits;
  readonly deadline: Deadline;
}

async function findFiles(parts: SearchParts, question: GlobQuestion, deadline: Deadline): Promise<FoundFiles> {
  const places = createSearchPlaces(parts);
  const limits: WalkLimits = { entries: mostEntries, isCut: false };
  const uris: string[] = [];
  const { below, most } = question;
  try {
    for await (const { uri } of filesOf({ parts, places, below, glob: globFor(question.glob), limits, deadline })) {
      if (uris.length >= most) return { uris, isCut: true };
      uris.push(uri);
    }
    return { uris, isCut: limits.isCut };
  } catch (error) {
    if (deadline.isOver()) return { uris, isCut: true };
    throw error;
  }
}

/** Those that fit and may be shown, folder by folder. */
async function* filesOf({ parts, places, below, glob, limits, deadline }: Finding): AsyncGenerator<Found> {
  const judge = parts.judge();
  const one = below === undefined ? undefined : await places.file(below);
  if (one !== undefined) {
    if (await judge.mayLeave(one.path, 'file')) yield one;
    return;
  }
  for (const start of await places.starts(below)) {
    const isWanted = (path: string) => glob(path) || (start.below !== '' && glob(`${start.below}/${path}`));
    const isRoot = start.below === '';
    if (!isRoot && !(await judge.mayLeave(start.folder, 'folder'))) continue;
    const withIgnored = !isRoot && !(await judge.isOfInterest(start.folder, 'folder'));
    const { signal } = deadline;
    for await (const found of walk({ folder: start.folder, judge, limits, isWanted, withIgnored, signal }))
      yield { ...found, uri: uriOf(places, start, found) };
  }
}

function uriOf(places: SearchPlaces, start: Start, { below }: Walked): string {
  return places.uriOf(start.root, start.below === '' ? below : `${start.below}/${below}`);
}

/** A name alone is looked for in every folder. @throws Refusal for what no path can fit. */
function globFor(pattern: string): Glob {
  const plain = pattern.trim().replace(/^(?:\.?\/)+/, '');
  const whole = plain.endsWith('/') ? `${plain}**` : plain;
  if (whole === '' || whole.split('/').includes('..') || /[\p{Cc}\\]/u.test(whole.replace(/\\[[\]{}*?!]/g, '')))
    throw new Refusal(
      `"${pattern.slice(0, 100)}" is no glob for paths below the workspace folder. Write one such as "src/**/*.ts".`,
      'glob',
    );
  const glob = globOf(whole.includes('/') ? whole : `**/${whole}`);
  if (glob === undefined)
    throw new Refusal('The glob means too many things. Use a shorter one, with fewer braces.', 'glob');
  return glob;
}

async function listFolder(
  parts: SearchParts,
  uri: string,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly more: number }> {
  const [start] = await createSearchPlaces(parts).starts(uri);
  if (start === undefined) throw new Refusal('There is no such folder in the workspace.', 'missing');
  const judge = parts.judge();
  const { entries } = await entriesIn(start.folder, mostEntries);
  judge.entered(
    start.folder,
    entries.map(({ name }) => name),
  );
  const names: string[] = [];
  let more = 0;
  for (const { name, kind } of entries) {
    signal.throwIfAborted();
    if (kind === 'other') continue;
    // How many more there are names none of them: to judge each takes seconds.
    if (names.length >= mostInFolder) more++;
    else if (await judge.mayLeave(`${start.folder}/${name}`, kind)) names.push(kind === 'folder' ? `${name}/` : name);
  }
  return { names, more };
}
