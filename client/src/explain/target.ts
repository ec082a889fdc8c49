/** What a command was asked to explain: arguments from code lenses, code actions and other extensions are not trusted (threats S36). */
import { ExplainTarget } from '#shared/explain.ts';

/** `nothing`: no argument, the selection counts. `invalid`: the command has no effect. */
export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'target'; readonly target: ExplainTarget };

/** What the arguments of `gloss.explainHere` say. VS Code's own menus pass the resource first: that is the selection. */
export function askedBy(values: readonly unknown[]): Asked {
  const [first] = values;
  if (first === undefined || first === null || isMenuContext(first)) return { kind: 'nothing' };
  const target = ExplainTarget.safeParse(first);
  return target.success && isPlainPlace(target.data.uri)
    ? { kind: 'target', target: target.data }
    : { kind: 'invalid' };
}

/** Editor menus and keys call commands with the document's `Uri`. It decides nothing: the active editor does. */
export function isMenuContext(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'scheme' in value && 'fsPath' in value && !('range' in value);
}

const schemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote', 'vscode-notebook-cell']);

/** A URI of a kind that Gloss reads, spelled without detours: no `.` or `..` parts, no backslashes, no control characters. */
export function isPlainPlace(uri: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/.exec(uri)?.[1];
  if (scheme === undefined || !schemes.has(scheme)) return false;
  const path = decoded(uri);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return path !== undefined && !/[\\\u0000-\u001f\u007f]/.test(path) && !/(^|\/)\.{1,2}(\/|$)/.test(path);
}

function decoded(uri: string): string | undefined {
  try {
    return decodeURIComponent(uri);
  } catch {
    // A broken percent sequence: nothing that an editor writes.
    return undefined;
  }
}
