/** Compares our outline with universal-ctags over folders of real code: `node scripts/evalOutline.ts [--misses N] FOLDER…`. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { outlineOf } from '../server/src/text/outline.ts';

interface Language {
  readonly name: string;
  readonly id: string;
  /** Name of the ctags parser. */
  readonly parser: string;
  readonly extensions: readonly string[];
  /** Kinds that count as functions and classes. Tags of all other kinds only excuse what we found. */
  readonly kinds: readonly string[];
}

const languages: readonly Language[] = [
  {
    name: 'TypeScript',
    id: 'typescript',
    parser: 'TypeScript',
    extensions: ['.ts'],
    kinds: ['function', 'method', 'class', 'interface', 'enum', 'generator'],
  },
  { name: 'Python', id: 'python', parser: 'Python', extensions: ['.py'], kinds: ['function', 'member', 'class'] },
  {
    name: 'Rust',
    id: 'rust',
    parser: 'Rust',
    extensions: ['.rs'],
    kinds: ['function', 'method', 'struct', 'enum', 'interface', 'implementation'],
  },
  { name: 'Go', id: 'go', parser: 'Go', extensions: ['.go'], kinds: ['func', 'struct', 'interface'] },
  { name: 'C', id: 'c', parser: 'C', extensions: ['.c'], kinds: ['function', 'struct', 'union', 'enum'] },
];

interface Tag {
  readonly name: string;
  readonly line: number;
  readonly kind: string;
  readonly path: string;
  readonly end?: number;
}

interface Score {
  files: number;
  wanted: number;
  found: number;
  ours: number;
  confirmed: number;
  ends: number;
  sameEnds: number;
  readonly missed: string[];
  readonly extra: string[];
}

const { folders, shown } = readArguments(process.argv.slice(2));
if (folders.length === 0) {
  console.error('Say which folders hold the code: node scripts/evalOutline.ts [--misses N] FOLDER…');
  process.exit(2);
}
const files = folders.flatMap(filesIn);
console.log('language     files   wanted   recall   found  precision  same end');
for (const language of languages) {
  const score = scoreOf(
    language,
    files.filter((file) => language.extensions.includes(extname(file)) && !file.endsWith('.d.ts')),
  );
  if (score.files > 0) report(language, score);
}

function readArguments(words: readonly string[]): { folders: string[]; shown: number } {
  const at = words.indexOf('--misses');
  if (at < 0) return { folders: [...words], shown: 0 };
  return { folders: words.filter((_, index) => index !== at && index !== at + 1), shown: Number(words[at + 1]) };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function scoreOf(language: Language, paths: readonly string[]): Score {
  const score: Score = {
    files: paths.length,
    wanted: 0,
    found: 0,
    ours: 0,
    confirmed: 0,
    ends: 0,
    sameEnds: 0,
    missed: [],
    extra: [],
  };
  if (paths.length === 0) return score;
  const tags = Map.groupBy(tagsOf(language, paths), (tag) => tag.path);
  for (const path of paths) compare(language, path, tags.get(path) ?? [], score);
  return score;
}

function tagsOf(language: Language, paths: readonly string[]): Tag[] {
  const options = [
    '--output-format=json',
    '--fields=+ne',
    '--sort=no',
    `--languages=${language.parser}`,
    '-f',
    '-',
    '-L',
    '-',
  ];
  const run = spawnSync('ctags', options, { input: paths.join('\n'), encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (run.error !== undefined)
    throw new Error('universal-ctags is needed: apt-get install universal-ctags', { cause: run.error });
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Tag => JSON.parse(line));
}

function compare(language: Language, path: string, tags: readonly Tag[], score: Score): void {
  const symbols = outlineOf(readFileSync(path, 'utf8'), language.id);
  const wanted = new Map(
    tags
      .filter((tag) => language.kinds.includes(tag.kind) && !tag.name.startsWith('__anon'))
      .map((tag) => [keyOf(tag), tag]),
  );
  const ours = new Map(
    symbols.map((symbol) => [`${symbol.name}:${symbol.selection.start.line + 1}`, symbol.range.end.line + 1]),
  );
  const known = new Set(tags.map(keyOf));
  for (const [key, tag] of wanted) {
    score.wanted++;
    const end = ours.get(key);
    if (end === undefined) score.missed.push(`${path} ${key} ${tag.kind}`);
    else score.found++;
    if (end === undefined || tag.end === undefined) continue;
    score.ends++;
    if (end === tag.end) score.sameEnds++;
  }
  for (const key of ours.keys()) {
    score.ours++;
    if (known.has(key)) score.confirmed++;
    else score.extra.push(`${path} ${key}`);
  }
}

function keyOf(tag: Tag): string {
  return `${tag.name}:${tag.line}`;
}

function report(language: Language, score: Score): void {
  const share = (part: number, whole: number) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)}%`);
  const columns = [
    language.name.padEnd(10),
    String(score.files).padStart(7),
    String(score.wanted).padStart(8),
    share(score.found, score.wanted).padStart(8),
    String(score.ours).padStart(7),
    share(score.confirmed, score.ours).padStart(10),
    share(score.sameEnds, score.ends).padStart(9),
  ];
  console.log(columns.join(' '));
  if (shown > 0)
    for (const line of [...spread(score.missed, 'missed'), ...spread(score.extra, 'extra ')]) console.log(line);
}

/** Some of them, from all over the list. */
function spread(lines: readonly string[], label: string): string[] {
  const step = Math.max(1, Math.floor(lines.length / shown));
  return lines
    .filter((_, index) => index % step === 0)
    .slice(0, shown)
    .map((line) => `  ${label} ${line}`);
}
