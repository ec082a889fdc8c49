/** Compiles small programs against the declarations that the package publishes, and says of each what came of it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A folder with the package as a user has it, its dependencies beside it. */
export interface Workplace extends Disposable {
  readonly folder: string;
}

/** Emits the declarations of the client into a package of its own, and links what they import. */
export function publishedPackage(): Workplace {
  const folder = mkdtempSync(path.join(tmpdir(), 'gloss-types-'));
  const modules = path.join(folder, 'node_modules');
  const own = path.join(modules, 'gloss-language-server');
  const out = path.join(own, 'dist/types/claude');
  mkdirSync(path.join(modules, '@types'), { recursive: true });
  cpSync(path.join(root, 'package.json'), path.join(own, 'package.json'));
  const emitted = compile(root, [
    ...['-p', path.join(root, 'server/src/claude'), '--outDir', out],
    ...['--composite', 'false', '--incremental', 'false', '--tsBuildInfoFile', 'null'],
  ]);
  if (emitted !== '') throw new Error(`The declarations could not be made: ${emitted}`);
  for (const name of ['zod', 'undici', '@types/node'])
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name), 'junction');
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

/** What the compiler says of one program: each error with its further lines. */
export type Complaints = readonly string[];

/** One list of errors for each program, in their order. `config` is the program's own `tsconfig.json`. */
export function complaintsOf(
  { folder }: Workplace,
  programs: readonly string[],
  config: object,
): readonly Complaints[] {
  const place = mkdtempSync(path.join(folder, 'programs-'));
  programs.forEach((code, at) => {
    writeFileSync(path.join(place, `program${at}.ts`), `${code}\nexport {};\n`);
  });
  writeFileSync(path.join(place, 'tsconfig.json'), JSON.stringify({ ...config, include: ['*.ts'] }));
  return sorted(programs.length, compile(place, ['-p', place]));
}

/** The strict options of this project, for programs that are only checked. */
export const strictly = {
  extends: path.join(root, 'tsconfig.base.json'),
  compilerOptions: { composite: false, declaration: false, emitDeclarationOnly: false, noEmit: true },
};

/** The compiler of this project. */
export const tsc = path.join(root, 'node_modules/.bin/tsc');

function compile(place: string, parts: readonly string[]): string {
  const { stdout, status, error } = spawnSync(tsc, [...parts, '--pretty', 'false'], {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // There `tsc` is a script of the shell.
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  if (status !== 0 && !stdout.includes('error TS')) throw new Error(`tsc ended with ${String(status)}: ${stdout}`);
  return stdout;
}

/** @throws when an error lies elsewhere than in a program: then nothing was proved. */
function sorted(count: number, output: string): readonly Complaints[] {
  const found: string[][] = Array.from({ length: count }, () => []);
  let last: string[] | undefined;
  for (const line of output.split(/\r?\n/)) {
    const [, at, text] = /^program(\d+)\.ts\(\d+,\d+\): (.*)$/.exec(line) ?? [];
    if (at !== undefined && text !== undefined) {
      last = found[Number(at)];
      last?.push(text);
    } else if (/^\s/.test(line) && last !== undefined) last.push(`${last.pop()}\n${line}`);
    else if (line !== '') throw new Error(`The compiler complains about something else: ${line}`);
  }
  return found;
}

/** What is not as it must be with a program that must not compile; undefined when all is well. */
export function faultOfWrong(complaints: Complaints, says: string): string | undefined {
  const [first] = complaints;
  if (first === undefined) return 'it compiles';
  if (complaints.length > 1) return `it has ${complaints.length} errors:\n${complaints.join('\n')}`;
  return first.includes(says) ? undefined : `the error is another one:\n${first}`;
}

/** What is not as it must be with a program that must compile; undefined when all is well. */
export function faultOfRight(complaints: Complaints): string | undefined {
  return complaints.length === 0 ? undefined : `it does not compile:\n${complaints.join('\n')}`;
}
