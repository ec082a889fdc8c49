/** Ways to spell one path: what some file system, or a reader of URIs, takes for the same name. */

/** Longer paths are not judged. */
export const longestPath = 4096;

/** As it stands, and as it would be after decoding it: a `%2e` may come from a URI that nobody decoded, or twice encoded. */
export function spellingsOf(path: string): readonly string[] {
  const once = decoded(path);
  return once === path ? [foldedPath(path)] : [path, once, decoded(once)].map(foldedPath);
}

function decoded(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      // Not UTF-8: a lenient reader takes each byte for a letter.
      return run.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
  });
}

/** Lower case, `/` between components, without what some file systems ignore. Always starts with `/`. */
export function foldedPath(path: string): string {
  const components: string[] = [];
  for (const part of foldedText(path).replaceAll('\\', '/').split('/')) {
    if (/^\.\.\s*$/.test(part)) components.pop();
    else components.push(...[component(part)].filter((name) => name !== ''));
  }
  return `/${components.join('/')}`;
}

/** The letters of a text as a file system that folds them compares them. */
export function foldedText(text: string): string {
  const visible = text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  // Upper case first: file systems that fold case know a dotless i and a long s.
  return visible.toUpperCase().toLowerCase();
}

/** Without a drive, a stream's name (`a::$DATA`) and trailing dots and spaces, which Windows drops. */
function component(name: string): string {
  const base = /^[a-z]:/.test(name) ? name.slice(2) : name;
  const colon = base.indexOf(':');
  const file = colon > 0 ? base.slice(0, colon) : base;
  let end = file.length;
  while (end > 0 && (file[end - 1] === '.' || file[end - 1] === ' ')) end--;
  return file.slice(0, end).trimStart();
}
