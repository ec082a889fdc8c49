/** What a command on edits was asked for: arguments from lenses, lists, menus and other extensions are not trusted (threats S36). */
import { EditTarget } from '#shared/edits.ts';
import { isMenuContext, isPlainPlace } from '../explain/target.ts';

/** `here`: no argument, the cursor or the active editor counts. `nothing`: the command has no effect. */
export type AskedHunk =
  | { readonly kind: 'here' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'hunk'; readonly id: string };
export type AskedFile =
  | { readonly kind: 'here' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'file'; readonly uri: string };

/** A row of the list of pending edits. */
export type Node = FileNode | HunkNode;
export interface FileNode {
  readonly kind: 'file';
  readonly uri: string;
}
export interface HunkNode {
  readonly kind: 'hunk';
  readonly id: string;
}

/** No argument, or what an editor's menus and keys pass: the cursor counts. */
export function isHere([value]: readonly unknown[]): boolean {
  return value === undefined || value === null || isMenuContext(value);
}

/** Lenses name a hunk by its id, the list by its row; menus and keys of an editor mean the one at the cursor. */
export function askedHunk(values: readonly unknown[]): AskedHunk {
  if (isHere(values)) return { kind: 'here' };
  const [value] = values;
  const id = typeof value === 'string' ? value : isNode(value, 'hunk', 'id');
  return isIn(id, 64) ? { kind: 'hunk', id } : { kind: 'nothing' };
}

/** The list names a file by its row, the buttons of an editor by its address. */
export function askedFile([value]: readonly unknown[]): AskedFile {
  if (value === undefined || value === null) return { kind: 'here' };
  if (isMenuContext(value)) return { kind: 'file', uri: String(value) };
  const uri = isNode(value, 'file', 'uri');
  return isIn(uri, 4096) ? { kind: 'file', uri } : { kind: 'nothing' };
}

/** What a code action or lens wants edited; undefined: no effect. */
export function askedEdit([value]: readonly unknown[]): EditTarget | undefined {
  const target = EditTarget.safeParse(value);
  return target.success && isPlainPlace(target.data.uri) ? target.data : undefined;
}

function isNode(value: unknown, kind: string, field: 'id' | 'uri'): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = new Map(Object.entries(value));
  return found.get('kind') === kind && found.size === 2 ? found.get(field) : undefined;
}

function isIn(text: unknown, longest: number): text is string {
  return typeof text === 'string' && text.length > 0 && text.length <= longest;
}
