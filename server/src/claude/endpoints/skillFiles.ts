/** The files of a skill as a form: those of a folder, or those that are given, with their places in the skill. */
import path from 'node:path';
import type { Upload } from '../caller.ts';
import { contentTypeOf } from './contentTypes.ts';
import { type FormPart, multipart } from './multipart.ts';
import { measured, openSource, type Source, typeOf, type UploadSource, unusable } from './uploadSource.ts';

/** What a skill is made of: SKILL.md at the top of one folder, and whatever else is in it. */
export type SkillSource =
  /** A folder of this machine. Names that begin with a dot are left out; links are refused. */
  | { readonly directory: string }
  /** All in one folder, such as `my-skill/SKILL.md` and `my-skill/scripts/run.py`. */
  | { readonly files: readonly SkillFile[] };

/** One file of a skill. */
export interface SkillFile {
  /** Its place, with `/` between folders. */
  readonly name: string;
  /** Where its bytes come from. */
  readonly source: UploadSource;
  /** A guess from the name when absent. */
  readonly contentType?: string;
}

/** A form that is ready to be sent. */
export interface SkillForm {
  readonly upload: Upload;
  close(): Promise<void>;
}

/** @param fields More of the form. @throws ClaudeError of kind `invalid_request` for what is no skill. */
export async function skillForm(source: SkillSource, fields: readonly FormPart[]): Promise<SkillForm> {
  const files = 'directory' in source ? await filesOf(source.directory) : source.files;
  checkNames(files.map(({ name }) => name));
  const opened: Source[] = [];
  const close = async (): Promise<void> => {
    for (const each of opened) await each.close();
  };
  try {
    const parts: FormPart[] = [];
    for (const { name, source: from, contentType } of files) {
      const each = await openedLate(from);
      opened.push(each);
      const type = typeOf(contentType ?? contentTypeOf(name), each, name);
      parts.push({ name: 'files[]', filename: name, contentType: type, body: measured(each.body, () => {}) });
    }
    return { upload: multipart([...fields, ...parts]), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** There may be many: those on disk are opened one after the other, while they are sent. */
async function openedLate(source: UploadSource): Promise<Source> {
  if (typeof source !== 'object' || !('path' in source) || Symbol.asyncIterator in source) return openSource(source);
  const { lookAtFile } = await import('./fileSource.ts');
  return { name: undefined, contentType: undefined, close: async () => {}, ...(await lookAtFile(String(source.path))) };
}

async function filesOf(directory: string): Promise<readonly SkillFile[]> {
  // The disk is touched only by those who ask for it.
  const { filesBelow } = await import('./fileSource.ts');
  const folder = path.resolve(directory);
  const names = await filesBelow(folder);
  return names.map((name) => ({
    name: `${path.basename(folder)}/${name}`,
    source: { path: path.join(folder, name) },
  }));
}

/** Places that stay below the one folder. */
function checkNames(names: readonly string[]): void {
  if (names.length === 0) throw unusable('files', 'the skill has no files. Give at least SKILL.md.');
  const wrong = names.find((name) => !isPlace(name));
  if (wrong !== undefined)
    throw unusable('files', `${JSON.stringify(wrong)} is no place in a skill. Write it like my-skill/SKILL.md.`);
  const folders = new Set(names.map((name) => name.split('/')[0]));
  const [folder = ''] = folders;
  if (folders.size > 1) throw unusable('files', 'the files are in several folders. Put them below one.');
  if (!names.includes(`${folder}/SKILL.md`))
    throw unusable('files', `there is no ${folder}/SKILL.md. A skill needs its instructions there.`);
  if (new Set(names).size < names.length) throw unusable('files', 'two files have the same place. Give each its own.');
}

function isPlace(name: unknown): boolean {
  if (typeof name !== 'string') return false;
  const parts = name.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
  return parts.length > 1 && parts.every((part) => !/^\.{0,2}$|[\\\u0000-\u001f\u007f]/.test(part));
}
