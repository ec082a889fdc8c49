/** What must be asked or refused before a document is changed: files that run or configure something, and text that makes an editor ask a host. */
import type { Judgement } from '../editing.ts';
import type { Files } from '../ports.ts';
import { hostsFetched } from './fetching.ts';
import { protectedReason } from './protectedClass.ts';

export interface Guard {
  judge(uri: string, before: string, after: string): Judgement;
  /** Whether documents of this kind can make an editor ask a host, so that unread text must not come into them. */
  mayFetch(languageId: string): boolean;
  /** Where a file is in the workspace, after links are resolved; undefined outside. */
  readonly place: Files['place'];
  /** The path that would be written in the end, and the link that leads there. */
  whereIs(uri: string): { readonly target: string; readonly link?: string };
}

export interface GuardParts {
  readonly files: Pick<Files, 'place'>;
  languageOf(uri: string): string;
  /** Absolute paths of our own records: never changed by an edit. */
  readonly ownStorage: readonly string[];
}

export function createGuard({ files, languageOf, ownStorage }: GuardParts): Guard {
  const whereIs: Guard['whereIs'] = (uri) => {
    const place = files.place(uri);
    if (place === undefined) return { target: pathOf(uri) };
    const link = 'asked' in place && typeof place.asked === 'string' ? { link: place.asked } : {};
    return { target: `${place.root}/${place.path}`, ...link };
  };
  return {
    place: (uri) => files.place(uri),
    whereIs,
    judge(uri, before, after) {
      const { target, link } = whereIs(uri);
      const { path: below, isShared = false } = files.place(uri) ?? {};
      const paths = [target, pathOf(uri), link, below].filter((path) => path !== undefined);
      const found = paths.map((path) => protectedReason(path, ownStorage));
      const reasons = [...new Set(found.flatMap((one) => (one === undefined ? [] : [one.reason])))];
      if (found.some((one) => one?.kind === 'refuse')) return { kind: 'refuse', reasons };
      if (isShared)
        reasons.push('It has another name on this disk, perhaps in another project: that one changes as well.');
      const hosts = before === after ? [] : hostsFetched(pathOf(uri), languageOf(uri), before, after);
      if (hosts.length > 0) reasons.push(`With it the editor may contact ${hosts.join(', ')} by itself.`);
      return { kind: reasons.length > 0 ? 'ask' : 'free', reasons };
    },
    mayFetch: (languageId) => !plainCode.has(languageId),
  };
}

/** Languages of which no editor fetches anything: the only ones whose text shows before it is whole. */
const plainCode: ReadonlySet<string> = new Set(
  'typescript typescriptreact javascript javascriptreact python rust go c cpp csharp java kotlin swift ruby php lua perl r scala clojure haskell elixir erlang elm fsharp dart julia objective-c objective-cpp shellscript powershell bat sql plaintext coffeescript groovy zig nim ocaml pascal ada fortran cobol lisp scheme racket verilog vhdl gdscript solidity'.split(
    ' ',
  ),
);

function pathOf(uri: string): string {
  try {
    return decodeURIComponent(new URL(uri).pathname);
  } catch {
    // What cannot be decoded is judged as it is spelled.
    return uri;
  }
}
