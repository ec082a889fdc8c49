/** The language of a file that no editor has open, by its name. Pure. */

const endings: Readonly<Record<string, string>> = {
  typescript: 'ts mts cts',
  typescriptreact: 'tsx',
  javascript: 'js mjs cjs',
  javascriptreact: 'jsx',
  python: 'py pyi pyw',
  rust: 'rs',
  go: 'go',
  c: 'c h',
  cpp: 'cc cpp cxx hpp hh hxx',
  'objective-c': 'm',
  'objective-cpp': 'mm',
  java: 'java',
  groovy: 'groovy gradle',
  csharp: 'cs',
  dart: 'dart',
  kotlin: 'kt kts',
  swift: 'swift',
  php: 'php',
  scala: 'scala sc',
  ruby: 'rb rake',
  lua: 'lua',
  shellscript: 'sh bash zsh',
  elixir: 'ex exs',
  julia: 'jl',
  markdown: 'md markdown',
  plaintext: 'txt',
  yaml: 'yml yaml',
};

const languages = new Map(
  Object.entries(endings).flatMap(([language, list]) => list.split(' ').map((ending) => [ending, language] as const)),
);

/** A language id as editors name it; for endings that are not known, the ending. */
export function languageOf(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return languages.get(ending) ?? ending;
}
