/** Finds which document a model means by a path, and lets no path out of the workspace folders (threats S6, S7, S9). */
import { revealInvisible } from '#shared/invisible.ts';

/** What is known of the workspace while a path is looked up. */
export interface TargetParts {
  /** URI of the document that the person's action is about. */
  readonly document: string;
  /** URIs of the workspace folders. */
  readonly roots: readonly string[];
  /** Where a URI leads after links are resolved, and what was asked where links led there; undefined outside the folders. */
  place(uri: string): Placed | undefined;
  isOpen(uri: string): boolean;
  /** What is told of a path that is refused: "was not changed" when absent. */
  readonly outcome?: string;
}

interface Placed {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Below the folder. */
  readonly path: string;
  readonly asked?: string;
}

/** `document`: the one that the action is about. `file`: another one in the folders. */
export type Target =
  | { readonly kind: 'document'; readonly uri: string }
  | {
      readonly kind: 'file';
      /** Without links below the folder; the folder itself is spelled as the editor spells it. */
      readonly uri: string;
      readonly root: string;
      readonly path: string;
      /** How it was asked for, where that is not the path that it has. */
      readonly link?: string;
    }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * The document that `asked` means. Every name of the action's own document means that document; other paths are taken
 * below the folder that holds it, then below the other folders, where open documents come first. Decides by spelling
 * and by `place`: whether a file exists, and what other names it has by hard links, is not known here.
 */
export function targetOf(asked: string, parts: TargetParts): Target {
  const document = { kind: 'document', uri: parts.document } as const;
  if (namesOf(parts).has(bare(asked))) return document;
  const path = resolved(asked);
  const problem = problemOf(asked) ?? (path === undefined ? 'its ".." leads out of the folder' : undefined);
  if (path === undefined || problem !== undefined) return refused(asked, problem, parts.outcome);
  const own = parts.place(parts.document);
  const bases = own === undefined ? parts.roots : [below('file:///', slashed(own.root)), ...parts.roots];
  const found = placed(isAbsolute(asked) ? ['file:///'] : bases, path, parts);
  if (found === undefined)
    return refused(asked, 'it is outside the workspace folders, or a link leads out of them', parts.outcome);
  if (own?.root === found.root && own.path === found.path) return document;
  const link = found.asked ?? (isAbsolute(asked) && `/${path}` !== fileOf(found) ? asked : undefined);
  const { root, path: real } = found;
  return { kind: 'file', uri: uriOfPlace(found, parts), root, path: real, ...(link === undefined ? {} : { link }) };
}

/** Everything that the document is called: in full, alone, and below its folder. */
function namesOf({ document, place }: TargetParts): ReadonlySet<string> {
  const full = decodedPath(document);
  const own = place(document);
  const names = [full, full.slice(full.lastIndexOf('/') + 1), own?.path, own?.asked, own && fileOf(own)];
  return new Set(names.flatMap((name) => (name === undefined || name === '' ? [] : [bare(name)])));
}

/** Without `./` or `/` in front, with marks joined to their letters, and a path with a drive as URIs have it. */
function bare(path: string): string {
  const plain = path.replace(/^(?:\.\/|\/)/, '').normalize('NFC');
  return /^[a-z]:[\\/]/i.test(plain) ? `${plain.slice(0, 1).toLowerCase()}${slashed(plain.slice(1))}` : plain;
}

function decodedPath(uri: string): string {
  try {
    return decodeURIComponent(new URL(uri).pathname);
  } catch {
    // It has no name that a person or a model could write.
    return '';
  }
}

/** Components without `.`, `..` and doubled separators; undefined when it goes above where it starts. */
function resolved(asked: string): string | undefined {
  const components: string[] = [];
  for (const part of asked.split('/')) {
    if (part === '..' && components.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') components.push(part);
  }
  return components.join('/');
}

/** Why the path is not even looked for; the same on every system, as files go from one to another. */
function problemOf(asked: string): string | undefined {
  if (asked.trim() === '') return 'it is empty';
  if (asked.length > 1000) return 'it is too long';
  const isVisible = asked.isWellFormed() && !/\p{Cc}/u.test(asked) && revealInvisible(asked).count === 0;
  if (!isVisible) return 'it holds characters that cannot be seen';
  return spellings.find(([pattern]) => pattern.test(asked))?.[1] ?? problemOfNames(asked.split('/'));
}

const spellings: readonly (readonly [pattern: RegExp, problem: string])[] = [
  [/^[a-z][a-z\d+-]+:/i, 'it is a URI'],
  [/^[a-z]:/i, 'it names a drive'],
  [/:/, 'it holds a colon, which names a stream or a drive on some systems'],
  [/^(?:\\\\|\/\/)/, 'it is a network or device path'],
  [/\\/, 'it holds a backslash; separate folders by "/"'],
  [/[*?"<>|]/, 'it holds a character that file names do not have everywhere'],
  // Encoded once or more: separators, dots, colons, control characters, and bytes of letters that may turn into these.
  [/%(?:25)*(?:[0189][\da-f]|2[ef]|5c|7f|3a|c[01]|u)/i, 'its percent-encoding hides what it names'],
  [/^~/, 'it starts in a home folder'],
  [/(?:^|\/)\.{0,2}$/, 'it names a folder'],
];

function problemOfNames(names: readonly string[]): string | undefined {
  for (const name of names.filter((part) => part !== '.' && part !== '..')) {
    // As some file systems and programs read it: a full-width dot is a dot.
    const plain = name.normalize('NFKC');
    if (new TextEncoder().encode(name).length > 255) return 'a name in it is too long';
    if (/[/\\:]/.test(plain)) return 'it holds a character that looks like a separator';
    if (/[. ]$/.test(plain)) return 'a name in it ends with a dot or a space';
    if (/^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)\s*(?:\.|$)/i.test(plain)) return 'it names a device';
    if (/^[^.]{1,6}~\d+(?:\.[^.]{0,3})?$/.test(plain)) return 'it holds a short name, which hides the real one';
  }
  return undefined;
}

function isAbsolute(asked: string): boolean {
  return asked.startsWith('/');
}

/** The first place of the path that is open, else the first in the folders. */
function placed(bases: readonly string[], path: string, parts: TargetParts): Placed | undefined {
  const found = bases.flatMap((base) => parts.place(below(base, path)) ?? []);
  return found.find((one) => urisOf(one, parts).some(parts.isOpen)) ?? found[0];
}

/** As it is open, else as the editor would name it. */
function uriOfPlace(found: Placed, parts: TargetParts): string {
  const uris = urisOf(found, parts);
  return uris.find(parts.isOpen) ?? uris[0] ?? below('file:///', fileOf(found));
}

/** Every way to write its URI: editors keep the folder as they were given it, also a link, and encode names differently. */
function urisOf({ root, path }: Placed, { roots, place }: TargetParts): readonly string[] {
  const folders = [...roots, below('file:///', slashed(root))];
  const uris = encoders.flatMap((encode) => folders.map((folder) => below(folder, path, encode)));
  return uris.filter((uri) => {
    const other = place(uri);
    return other?.root === root && other.path === path && other.asked === undefined;
  });
}

/** Of VS Code first; of JavaScript; of RFC 3986, which others follow. */
const encoders: readonly ((name: string) => string)[] = [
  (name) => encodeURIComponent(name).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
  encodeURIComponent,
  (name) => encodeURIComponent(name).replace(/%(?:2[46BC]|3[ABD]|40)/g, decodeURIComponent),
];

/** Every way in which editors write the URI of a path below a folder: VS Code's first. */
export function spellingsOf(folder: string, path: string): readonly string[] {
  return [...new Set(encoders.map((encode) => below(folder, path, encode)))];
}

function below(folder: string, path: string, encode = encoders[0] ?? encodeURIComponent): string {
  return `${folder.replace(/\/$/, '')}/${path.replace(/^\/+/, '').split('/').map(encode).join('/')}`;
}

function fileOf({ root, path }: Placed): string {
  return `${slashed(root).replace(/\/$/, '')}/${path}`;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function refused(asked: string, problem: string | undefined, outcome = 'was not changed'): Target {
  const shown = revealInvisible(asked.slice(0, 200).toWellFormed()).text.replace(/\s/g, ' ');
  const message = `"${shown}" ${outcome}: ${problem}. Name a file by its path below the workspace folder.`;
  return { kind: 'refused', message };
}
