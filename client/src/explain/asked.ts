/** Which explanation a command was called for: arguments from lists, threads and other extensions are not trusted (threats S36). */
import { isMenuContext } from './target.ts';

/** A row of the list of explanations. */
export type Node = FileNode | ExplanationNode;
export interface FileNode {
  readonly kind: 'file';
  readonly uri: string;
}
export interface ExplanationNode {
  readonly kind: 'explanation';
  readonly id: string;
}

/** `here`: the one at the cursor. `listed`: by its row in the list. `object`: perhaps an object of the editor's. */
export type AskedExplanation =
  | { readonly kind: 'here' }
  | { readonly kind: 'listed'; readonly id: string }
  | { readonly kind: 'object'; readonly value: object }
  | { readonly kind: 'nothing' };

export function askedExplanation([value]: readonly unknown[]): AskedExplanation {
  if (value === undefined || value === null || isMenuContext(value)) return { kind: 'here' };
  if (typeof value !== 'object') return { kind: 'nothing' };
  const fields = new Map<string, unknown>(Object.entries(value));
  if (fields.get('kind') !== 'explanation') return { kind: 'object', value };
  const id = fields.get('id');
  const isId = typeof id === 'string' && id.length > 0 && id.length <= 64 && fields.size === 2;
  return isId ? { kind: 'listed', id } : { kind: 'nothing' };
}
