/** Gathers what an edit is asked with: the file or the part of it around the place, cleaned, and what stands beside it. */
import type { EditParams } from '#shared/edits.ts';
import { type Context, Refusal, type Snapshot } from '../../ports.ts';
import { lineStartsOf } from '../../text/lines.ts';
import { type Meant, meantBy, ordered, wordAt } from '../../text/meant.ts';
import type { Span } from '../../text/spans.ts';
import { type Restorer, restorerOf } from '../../tools/edit/secrets.ts';
import { symbolsOf } from '../../tools/symbolsOf.ts';
import type { EditMaterial } from './prompt.ts';

type GatherContext = Pick<Context, 'documents' | 'providers' | 'files' | 'outgoing' | 'trust'>;

export interface Gathered {
  readonly document: Snapshot;
  readonly material: EditMaterial;
  readonly meant: Meant;
  /** The lines that are meant, in offsets of the document. */
  readonly span: Span;
  readonly restorer: Restorer;
  /** What was replaced before sending, a line each. */
  readonly replaced: readonly string[];
}

/** About 20,000 tokens. */
const mostCharacters = 80_000;
/** Lines around the place that are sent of a longer file. */
const linesAround = 150;
/** More than this is not cleaned with what is around it, in UTF-16 code units. */
const longestCleaned = 400_000;

/** @throws Refusal when the document is not open or has moved on, or there is nothing at the place. */
export async function gather(context: GatherContext, params: EditParams): Promise<Gathered> {
  const document = context.documents.get(params.uri);
  if (document === undefined) throw new Refusal('Open the file in the editor first.', 'notOpen');
  if (params.version !== undefined && params.version !== document.version)
    throw new Refusal('The document has changed meanwhile. Try again.', 'changed', ['retry']);
  const starts = lineStartsOf(document.text);
  const lines = starts.map((start, line) => document.text.slice(start, starts[line + 1]).replace(/[\r\n]+$/, ''));
  const asked = ordered(params.range);
  if (asked.start.line >= lines.length)
    throw new Refusal('The selection is outside the document. Select the code again.', 'range');
  const meant = meantBy(lines, await symbolsOf(context, document), asked);
  const [from, to] = windowOf(lines, meant);
  const { sent, replaced } = await cleaned(context, lines, [from, to]);
  const word = wordAt(lines[asked.start.line] ?? '', asked.start.character)?.text;
  const symbol = params.action === 'rename' ? (word ?? meant.symbol?.name) : meant.symbol?.name;
  return {
    document,
    meant,
    span: { start: starts[meant.firstLine] ?? 0, end: starts[meant.lastLine + 1] ?? document.text.length },
    restorer: restorerOf(lines.slice(from, to + 1), sent),
    replaced,
    material: {
      path: context.files.place(params.uri)?.path ?? nameOf(params.uri),
      languageId: document.languageId,
      lines: sent,
      firstLine: from,
      linesLeftOut: lines.length - sent.length,
      from: meant.firstLine,
      to: meant.lastLine,
      ...(symbol === undefined ? {} : { symbol }),
      problems: params.problems ?? [],
      neighbours: params.action === 'tests' ? await neighboursOf(context, params.uri) : [],
    },
  };
}

/** The whole file where it is short enough, else the lines around the place. */
function windowOf(lines: readonly string[], { firstLine, lastLine }: Meant): readonly [number, number] {
  const size = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (size <= mostCharacters) return [0, lines.length - 1];
  const from = Math.max(0, firstLine - linesAround);
  const to = Math.min(lines.length - 1, lastLine + linesAround);
  const chosen = lines.slice(from, to + 1).reduce((sum, line) => sum + line.length + 1, 0);
  if (chosen <= mostCharacters) return [from, to];
  const own = lines.slice(firstLine, lastLine + 1).reduce((sum, line) => sum + line.length + 1, 0);
  if (own > mostCharacters) throw new Refusal('This is too much code for one edit. Select a part of it.', 'tooLarge');
  return [firstLine, lastLine];
}

/** Cleaned with the lines around it: what a secret looks like depends on those. */
async function cleaned(
  { outgoing }: GatherContext,
  lines: readonly string[],
  [from, to]: readonly [number, number],
): Promise<{ readonly sent: readonly string[]; readonly replaced: readonly string[] }> {
  const start = Math.max(0, from - linesAround);
  const end = Math.min(lines.length, to + 1 + linesAround);
  const around = lines.slice(start, end).join('\n');
  const isBoth = around.length <= longestCleaned;
  const { text, replaced } = await outgoing.clean(isBoth ? around : lines.slice(from, to + 1).join('\n'));
  const sent = isBoth ? text.split('\n').slice(from - start, to + 1 - start) : text.split('\n');
  return { sent, replaced };
}

const mostNeighbours = 80;

/** Where tests are and what they are run with: paths only, and only where files may be looked at unasked (threats S2). */
async function neighboursOf({ files, trust }: GatherContext, uri: string): Promise<readonly string[]> {
  const place = trust() === 'trusted' ? files.place(uri) : undefined;
  if (place === undefined) return [];
  const folder = place.path.split('/').slice(0, -1).join('/');
  const below = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const folders = [...new Set([folder, below('test'), below('tests'), below('__tests__'), '', 'test', 'tests'])];
  // A folder that cannot be listed tells nothing.
  const names = folders.map(async (each) =>
    (await files.names(place.root, each).catch(() => [])).map((name) => (each === '' ? name : `${each}/${name}`)),
  );
  const found = (await Promise.all(names)).flat().filter((path) => path !== place.path);
  return [...new Set(found)].filter(tellsOfTests).slice(0, mostNeighbours);
}

function tellsOfTests(path: string): boolean {
  return (
    /test|spec|conftest/i.test(path) ||
    /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.cfg|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|composer\.json)$/.test(
      path,
    )
  );
}

function nameOf(uri: string): string {
  const path = URL.canParse(uri) ? decodeURIComponent(new URL(uri).pathname) : uri;
  return path.slice(path.lastIndexOf('/') + 1);
}
