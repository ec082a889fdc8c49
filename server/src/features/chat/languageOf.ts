/** The language of a file that is not open, by the ending of its name: as far as outlines need to know. Pure. */

const endings: Readonly<Record<string, string>> = {
  typescript: 'ts mts cts',
  typescriptreact: 'tsx',
  javascript: 'js mjs cjs',
  javascriptreact: 'jsx',
  python: 'py pyi',
  rust: 'rs',
  go: 'go',
  c: 'c h',
  cpp: 'cc cpp cxx hpp hh hxx',
  java: 'java',
  csharp: 'cs',
  kotlin: 'kt kts',
  swift: 'swift',
  scala: 'scala',
  dart: 'dart',
  php: 'php',
  ruby: 'rb',
  lua: 'lua',
  shellscript: 'sh bash zsh',
  elixir: 'ex exs',
  julia: 'jl',
  groovy: 'groovy gradle',
  markdown: 'md markdown',
  json: 'json jsonc',
  yaml: 'yaml yml',
  plaintext: 'txt log csv lock',
  html: 'html htm',
  css: 'css scss less',
  xml: 'xml svg',
  toml: 'toml',
};

const languages = new Map(
  Object.entries(endings).flatMap(([language, names]) => names.split(' ').map((name) => [name, language] as const)),
);

/** An ending that is not known is its own language, which is read by the commonest keywords. */
export function languageOf(uri: string): string {
  const ending = uri.slice(uri.lastIndexOf('.') + 1).toLowerCase();
  return languages.get(ending) ?? ending;
}
