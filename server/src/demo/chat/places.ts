/** Which files a chat is about, from what was asked and what tools found; which words are worth a search. */
import type { Story } from './story.ts';

/** Endings of files that the rules can work on, with their languages. */
const languages: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ts: 'typescript',
    mts: 'typescript',
    tsx: 'typescriptreact',
    js: 'javascript',
    mjs: 'javascript',
    cjs: 'javascript',
    jsx: 'javascriptreact',
    py: 'python',
    go: 'go',
    rs: 'rust',
    java: 'java',
    kt: 'kotlin',
    cs: 'csharp',
    c: 'c',
    h: 'c',
    cpp: 'cpp',
    swift: 'swift',
    rb: 'ruby',
    php: 'php',
    lua: 'lua',
    sh: 'shellscript',
  }),
);

export const codeGlob = `**/*.{${[...languages.keys()].join(',')}}`;

export function languageOf(path: string): string {
  return languages.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? '';
}

const pathShape = /[\w@.-]+(?:\/[\w@.-]+)*\.[A-Za-z]{1,5}(?![\w/])/g;

/** As many files are read and changed at most. */
const mostFiles = 3;

/** Those that the person names; else those that a search found first, and code before tests and configuration. */
export function chosenFiles({ wish, done, files }: Story): readonly string[] {
  const named = (wish.match(pathShape) ?? []).filter((path) => languageOf(path) !== '');
  const found = done
    .filter(({ name, isError }) => !isError && (name === 'list' || name === 'glob' || name === 'search'))
    .flatMap(({ text }) => text.match(pathShape) ?? [])
    .filter((path) => languageOf(path) !== '');
  const full = named.map((written) => {
    // An `@` at the beginning mentions a file, or is of its name.
    const path = written.replace(/^@/, '');
    const meant = [written, path];
    return found.find((other) => meant.some((each) => other === each || other.endsWith(`/${each}`))) ?? path;
  });
  const hits = new Set(done.filter(({ name }) => name === 'search').flatMap(({ text }) => text.match(pathShape) ?? []));
  const rankOf = (path: string) => rank(path) - (hits.has(path) ? 3 : 0);
  const ranked = [...new Set(found)].toSorted((one, other) => rankOf(one) - rankOf(other));
  const wanted = full.length > 0 ? full : ranked;
  return [...new Set([...files.map(({ path }) => path), ...wanted])].slice(0, mostFiles);
}

function rank(path: string): number {
  if (/(?:^|[/._-])(?:tests?|specs?|__tests__)(?=[/._-])/i.test(path)) return 2;
  return /\.d\.ts$|(?:^|\/)\.|config/i.test(path) ? 1 : 0;
}

/** A name of the code in the question; undefined where it has none. */
export function searchedWord(wish: string): string | undefined {
  const quoted = /[`'"]([A-Za-z_$][\w$]{2,})[`'"]/.exec(wish)?.[1];
  return quoted ?? wish.replace(pathShape, ' ').match(/\b[a-z]+[A-Z_]\w+\b|\b\w+(?=\(\))/)?.[0];
}

export function wantsEdit(wish: string): boolean {
  return (
    editWords.test(wish) && !/^\s*(?:what|why|how|where|when|who|which|explain|describe|does|is|are)\b/i.test(wish)
  );
}

const editWords =
  /\b(?:carry out|tidy|clean|change|edit|fix|refactor|renam|simplif|document|add|remov|moderni[sz]|sort|improv|rewrit|updat|insert|delet|replac|implement|make|writ|convert|extract|translat|aufr[äa]um|räum|änder|verbesser|ersetz|füg|entfern|dokumentier|korrigier)\w*/i;
