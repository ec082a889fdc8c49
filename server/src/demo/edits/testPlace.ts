/** Where a test file goes and what it is written with, told by the paths of the workspace alone. */
import { posix } from 'node:path';
import type { Job } from './job.ts';

export type Framework =
  | 'vitest'
  | 'jest'
  | 'node:test'
  | 'pytest'
  | 'unittest'
  | 'go'
  | 'rust'
  | 'assert'
  | 'junit'
  | 'none';

export interface TestPlace {
  readonly path: string;
  readonly framework: Framework;
}

export function testPlaceFor({ source, task }: Job): TestPlace {
  const { dir, name, ext } = posix.parse(task.path);
  const others = task.neighbours.map((path) => path.trim()).filter((path) => path !== '');
  const taken = new Set(others);
  const placed = placeIn(source.syntax.family, { dir, name, ext, others, language: source.syntax.language });
  return { ...placed, path: free(placed.path, taken) };
}

interface File {
  readonly dir: string;
  readonly name: string;
  readonly ext: string;
  readonly others: readonly string[];
  readonly language: string;
}

function placeIn(family: string, file: File): TestPlace {
  switch (family) {
    case 'script':
      return scriptPlace(file);
    case 'python':
      return pythonPlace(file);
    case 'go':
      return { path: below(file.dir, `${file.name}_test.go`), framework: 'go' };
    case 'rust':
      return { path: below(crateOf(file), `tests/${file.name}.rs`), framework: 'rust' };
    case 'c':
      return { path: cPlace(file), framework: 'assert' };
    default:
      return file.language === 'java'
        ? { path: below(file.dir.replace('src/main/', 'src/test/'), `${file.name}Test.java`), framework: 'junit' }
        : { path: below(file.dir, `${file.name}_test${file.ext}`), framework: 'none' };
  }
}

/** As the neighbours are called: `.test` or `.spec`, beside the file, in `__tests__` or in a folder of tests. */
function scriptPlace({ dir, name, ext, others }: File): TestPlace {
  const tests = others.filter((path) =>
    /(?:\.(?:test|spec)\.[cm]?[jt]sx?|(?:^|\/)__tests__\/[^/]+\.[cm]?[jt]sx?)$/.test(path),
  );
  const near =
    tests.find((path) => posix.dirname(path) === dir) ?? tests.find((path) => path.startsWith(`${dir}/`)) ?? tests[0];
  const suffix = /\.(test|spec)\.[^.]+$/.exec(near ?? '')?.[1] ?? 'test';
  const folder = near === undefined ? dir : folderLike(near, dir);
  const ending = ext === '.tsx' || ext === '.jsx' ? ext : ext || '.ts';
  return { path: below(folder, `${name}.${suffix}${ending}`), framework: scriptFramework(others, tests) };
}

function scriptFramework(others: readonly string[], tests: readonly string[]): Framework {
  const has = (pattern: RegExp) => others.some((path) => pattern.test(path));
  if (has(/(?:^|\/)vite(?:st)?\.(?:config|workspace)\./)) return 'vitest';
  if (has(/(?:^|\/)jest\.config\./) || tests.some((path) => path.includes('__tests__/'))) return 'jest';
  return tests.length > 0 ? 'vitest' : 'node:test';
}

/** The neighbour's folder, where it lies beside the file or apart from all code. */
function folderLike(near: string, dir: string): string {
  const folder = posix.dirname(near);
  const own = folder === '.' ? '' : folder;
  if (own === dir || own.startsWith(`${dir}/`) || (dir === '' && /^(?:tests?|__tests__|spec)(?:\/|$)/.test(own)))
    return own;
  return /(?:^|\/)(?:tests?|__tests__|spec)(?:\/|$)/.test(own) && !/^src\//.test(own) ? own : dir;
}

function pythonPlace({ dir, name, others }: File): TestPlace {
  const tests = others.filter((path) => /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.py$/.test(path));
  const usesPytest = others.some((path) => /(?:^|\/)(?:conftest\.py|pytest\.ini|tox\.ini|pyproject\.toml)$/.test(path));
  const folder = tests.map((path) => posix.dirname(path)).find((each) => /(?:^|\/)tests?(?:\/|$)/.test(each));
  const suffixed = tests.length > 0 && tests.every((path) => /_test\.py$/.test(path));
  const file = suffixed ? `${name}_test.py` : `test_${name}.py`;
  const beside = tests.length > 0 && folder === undefined;
  return { path: below(folder ?? (beside ? dir : 'tests'), file), framework: usesPytest ? 'pytest' : 'unittest' };
}

/** The folder of the nearest `Cargo.toml`, else what stands before `src`. */
export function crateOf({ dir, others }: Pick<File, 'dir' | 'others'>): string {
  const crates = others
    .filter((path) => /(?:^|\/)Cargo\.toml$/.test(path))
    .map((path) => posix.dirname(path).replace(/^\.$/, ''));
  const holding = crates.filter((crate) => crate === '' || dir === crate || dir.startsWith(`${crate}/`));
  return holding.toSorted((one, other) => other.length - one.length)[0] ?? dir.replace(/(?:^|\/)src(?:\/.*)?$/, '');
}

function cPlace({ dir, name, ext, others }: File): string {
  const folder = others.map((path) => posix.dirname(path)).find((each) => /(?:^|\/)tests?$/.test(each));
  return below(folder ?? dir, `test_${name}${ext}`);
}

function below(folder: string, file: string): string {
  return folder === '' || folder === '.' ? file : `${folder}/${file}`;
}

/** A file that is there is not written over. */
function free(path: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) {
    const candidate = count === 2 ? path : path.replace(/(?=(?:[._](?:test|spec))?\.[^./]+$)/, `${count - 1}`);
    if (!taken.has(candidate)) return candidate;
  }
}
