/** Slash commands of the project: Markdown files in `.claude/commands`, read where the workspace is trusted (threats S2). */
import { type ChatWorld, Refusal } from '../../ports.ts';
import type { ChatCommand } from './commands.ts';

/** A command from a file: its text is what is asked, with the arguments put in. Nothing in it is run. */
export interface OwnCommand extends ChatCommand {
  readonly template: string;
  /** The file as the person knows it. */
  readonly file: string;
}

type Parts = Pick<ChatWorld, 'files' | 'search' | 'trust' | 'log'>;

const folder = '.claude/commands';
const mostCommands = 100;
const deepest = 4;
/** UTF-16 code units. */
const longest = 64_000;

/** Of all workspace folders; of two with the same name that of the first folder counts. */
export async function ownCommands(parts: Parts, signal: AbortSignal): Promise<readonly OwnCommand[]> {
  if (parts.trust() !== 'trusted') return [];
  const found = new Map<string, OwnCommand>();
  for (const root of parts.files.roots().map((uri) => uri.replace(/\/$/, ''))) {
    for (const path of await pathsBelow(parts, `${root}/${folder}`, '', signal)) {
      if (found.size >= mostCommands) break;
      const command = await readCommand(parts, root, path);
      if (command !== undefined && !found.has(command.name)) found.set(command.name, command);
    }
  }
  return [...found.values()];
}

async function pathsBelow(parts: Parts, root: string, below: string, signal: AbortSignal): Promise<readonly string[]> {
  const uri = `${root}${below.replace(/\/$/, '') === '' ? '' : `/${encoded(below.replace(/\/$/, ''))}`}`;
  if (below.split('/').length > deepest || (await parts.files.kind(uri)) !== 'folder') return [];
  const { names } = await parts.search.folder(uri, signal);
  const files = names.filter((name) => name.endsWith('.md')).map((name) => `${below}${name}`);
  const folders = names.filter((name) => name.endsWith('/'));
  const deeper = await Promise.all(folders.map((name) => pathsBelow(parts, root, `${below}${name}`, signal)));
  return [...files, ...deeper.flat()];
}

async function readCommand({ files, log }: Parts, root: string, path: string): Promise<OwnCommand | undefined> {
  const file = `${folder}/${path}`;
  try {
    const text = await files.read(`${root}/${folder}/${encoded(path)}`);
    const name = path.slice(0, -'.md'.length).replaceAll('/', ':');
    if (text.length > longest || !/^[\p{L}][\p{L}\p{N}_:-]{0,100}$/u.test(name)) return undefined;
    const { values, rest } = headOf(text);
    const hint = values.get('argument-hint');
    return {
      name,
      description: values.get('description') ?? `From ${file}`,
      ...(hint === undefined ? {} : { hint }),
      template: rest.trim(),
      file,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn(`${file} is no command: ${error.message}`);
    return undefined;
  }
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The values between two lines of `---` at the beginning, one a line; what is no plain value is passed over. */
function headOf(text: string): { readonly values: ReadonlyMap<string, string>; readonly rest: string } {
  const head = /^\ufeff?---[ \t]*\r?\n(?<lines>[\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/.exec(text);
  if (head === null) return { values: new Map(), rest: text };
  const pairs = (head.groups?.['lines'] ?? '').split(/\r?\n/).flatMap((line) => {
    const pair = /^(?<name>[\w-]+):[ \t]*(?<value>\S.*?)[ \t]*$/.exec(line)?.groups;
    return pair === undefined ? [] : [[pair['name'] ?? '', unquoted(pair['value'] ?? '').slice(0, 300)] as const];
  });
  return { values: new Map(pairs), rest: text.slice(head[0].length) };
}

function unquoted(value: string): string {
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}

/** `$ARGUMENTS` is all that follows the command, `$1` to `$9` its words; a phrase in quotes is one. Without any of these they come last. */
export function expanded(template: string, rest: string): string {
  const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const places = /\$(?:(ARGUMENTS)\b|([1-9])(?!\d))/g;
  const text = template.replace(places, (_, all: string | undefined, at: string) =>
    all === undefined ? (words[Number(at) - 1] ?? '') : rest,
  );
  return rest === '' || new RegExp(places.source).test(template) ? text : `${text}\n\n${rest}`;
}
