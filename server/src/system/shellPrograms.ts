/** Finds the program that a command names: on the `PATH` outside the workspace, or exactly where it says (threats S14). */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '../ports.ts';
import { resolveLinks } from './paths.ts';
import { isInside, pathIn, programFolders, type Variables } from './shellEnvironment.ts';

export interface Program {
  /** Absolute, links resolved: what is started. */
  readonly path: string;
  /** Absolute, as it was found. */
  readonly calledAs: string;
}

export interface ProgramQuestion {
  /** As it was typed. */
  readonly name: string;
  /** Absolute. */
  readonly cwd: string;
  readonly variables: Variables;
  /** The workspace folders, links resolved. */
  readonly folders: readonly string[];
}

/** @throws Refusal when there is none, or only one inside the workspace that was not named by its path. */
export async function findProgram(question: ProgramQuestion): Promise<Program> {
  const { name, cwd } = question;
  return name.includes('/') ? byPath(path.resolve(cwd, name), name) : byName(question);
}

async function byPath(file: string, name: string): Promise<Program> {
  const program = await programAt(file);
  if (program !== undefined) return program;
  throw new Refusal(`The command was not run: ${name} is no program. Check its path.`, 'noProgram');
}

async function byName({ name, variables, folders }: ProgramQuestion): Promise<Program> {
  const everywhere = pathIn(variables).split(path.delimiter);
  const outside = programFolders(pathIn(variables), folders);
  for (const folder of outside) {
    const program = await programAt(path.join(folder, name));
    if (program === undefined) continue;
    if (isInside(program.path, folders)) throw inside(name, program.path);
    return program;
  }
  for (const folder of everywhere.filter((folder) => path.isAbsolute(folder))) {
    const program = await programAt(path.join(folder, name));
    if (program !== undefined) throw inside(name, program.path);
  }
  throw new Refusal(
    `The command was not run: there is no program ${name} on the PATH. Give its full path.`,
    'noProgram',
  );
}

function inside(name: string, file: string): Refusal {
  return new Refusal(
    `The command was not run: ${name} would be ${file}, a file of the workspace. To run that one, give its path.`,
    'insideWorkspace',
  );
}

async function programAt(file: string): Promise<Program | undefined> {
  try {
    const real = resolveLinks(file).path;
    if (!(await stat(real)).isFile()) return undefined;
    await access(real, constants.X_OK);
    return { path: real, calledAs: file };
  } catch {
    // Shells go on as well with the next folder: what is not there, or may not be run, is no program.
    return undefined;
  }
}
