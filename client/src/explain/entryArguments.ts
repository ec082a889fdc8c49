/** What the commands beside Explain Here were called with: menus, other extensions, anybody. Not trusted (threats S36). */
import type { ExplainTarget, Subject } from '#shared/explain.ts';
import { AnnotateTarget } from '#shared/explanations.ts';
import { askedBy, isMenuContext, isPlainPlace } from './target.ts';

/** `here`: the active editor counts. `nothing`: the command has no effect. */
export type AskedDocument =
  | { readonly kind: 'here' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'document'; readonly uri: string };

const here = { kind: 'here' } as const;
const nothing = { kind: 'nothing' } as const;

/** Menus of files and of editors name a file by its address. */
export function askedDocument([value]: readonly unknown[]): AskedDocument {
  return value === undefined || value === null ? here : addressIn(value);
}

/** The menu of a changed file hands over the editor's own object for it; that of a diff editor an address. */
export function askedChange([value]: readonly unknown[]): AskedDocument {
  if (value === undefined || value === null || isMenuContext(value)) return here;
  return typeof value === 'object' && 'resourceUri' in value ? addressIn(value.resourceUri) : nothing;
}

/** A line, counted from 0, of a document: what the menu of a line number hands over. */
export function askedLine([value]: readonly unknown[]): { readonly uri: string; readonly line: number } | undefined {
  if (typeof value !== 'object' || value === null || !('lineNumber' in value) || !('uri' in value)) return undefined;
  const [{ lineNumber }, address] = [value, addressIn(value.uri)];
  const isLine = typeof lineNumber === 'number' && Number.isInteger(lineNumber) && lineNumber >= 1;
  return isLine && address.kind === 'document' ? { uri: address.uri, line: lineNumber - 1 } : undefined;
}

export type ProblemTarget = ExplainTarget & { readonly subject: Extract<Subject, { kind: 'problem' }> };

/** A code action names the place and its problem; without arguments the one at the cursor counts. */
export function askedProblem(values: readonly unknown[]): ProblemTarget | 'here' | 'nothing' {
  const asked = askedBy(values);
  if (asked.kind !== 'target') return asked.kind === 'nothing' ? 'here' : 'nothing';
  const { subject } = asked.target;
  return subject?.kind === 'problem' ? { ...asked.target, subject } : 'nothing';
}

/** A code action names the place that gets line notes. */
export function askedNotes([value]: readonly unknown[]): AnnotateTarget | 'here' | 'nothing' {
  if (value === undefined || value === null || isMenuContext(value)) return 'here';
  const target = AnnotateTarget.safeParse(value);
  return target.success && isPlainPlace(target.data.uri) ? target.data : 'nothing';
}

const longestUri = 4_096;

/** An address of any kind, without control characters: whether it can be read is another question, with an answer in words. */
function addressIn(value: unknown): AskedDocument {
  if (!isMenuContext(value)) return nothing;
  const uri = String(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const isAddress = /^[a-z][a-z0-9+.-]*:[^\u0000-\u001f\u007f]+$/.test(uri) && uri.length <= longestUri;
  return isAddress ? { kind: 'document', uri } : nothing;
}
