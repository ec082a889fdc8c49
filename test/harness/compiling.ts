/** Compiles many small programs in one run of the compiler, and says of each what came of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the compiler says of one program: each error with its further lines. */
export type Complaints = readonly string[];

export interface Compiler {
  /** Lines that stand before each program. */
  readonly prelude: string;
  /** More options, besides the strict ones that the project itself is compiled with. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** More files that belong to them. */
  readonly include?: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../..');

/** One list of errors for each program, in the order of the programs. */
export function complaintsOf(programs: readonly string[], compiler: Compiler): readonly Complaints[] {
  const place = mkdtempSync(path.join(tmpdir(), 'gloss-types-'));
  try {
    programs.forEach((code, at) => {
      writeFileSync(path.join(place, `program${at}.ts`), `${compiler.prelude}\n${code}\nexport {};\n`);
    });
    writeFileSync(path.join(place, 'package.json'), '{ "type": "module" }');
    writeFileSync(path.join(place, 'tsconfig.json'), JSON.stringify(configOf(compiler)));
    return sorted(programs.length, run(place));
  } finally {
    rmSync(place, { recursive: true });
  }
}

function configOf({ options, include = [] }: Compiler) {
  return {
    extends: path.join(root, 'tsconfig.base.json'),
    compilerOptions: {
      composite: false,
      declaration: false,
      emitDeclarationOnly: false,
      noEmit: true,
      rootDir: '/',
      typeRoots: [path.join(root, 'node_modules/@types')],
      ...options,
    },
    include: ['*.ts', ...include],
  };
}

function run(place: string): string {
  const { stdout, status, error } = spawnSync('tsc', ['-p', place, '--pretty', 'false'], {
    cwd: place,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    },
    // `tsc` is a script of its own on some systems.
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  if (status !== 0 && !/error TS\d+/.test(stdout)) throw new Error(`tsc ended with ${String(status)}: ${stdout}`);
  return stdout;
}

/** @throws when an error lies elsewhere than in a program: then nothing was proved. */
function sorted(count: number, output: string): readonly Complaints[] {
  const found: string[][] = Array.from({ length: count }, () => []);
  let last: string[] | undefined;
  for (const line of output.split(/\r?\n/)) {
    const [, at, text] = /program(\d+)\.ts\(\d+,\d+\): (.*)$/.exec(line) ?? [];
    if (at !== undefined && text !== undefined) {
      last = found[Number(at)];
      last?.push(text);
    } else if (/^\s/.test(line) && last !== undefined) last.push(`${last.pop()}\n${line}`);
    else if (line !== '') throw new Error(`The compiler complains about something else: ${line}`);
  }
  return found;
}
