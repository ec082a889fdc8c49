/** Which language of the editor's the info string of a code block means. Pure. */

/** Short names that people and models write. */
const others: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  cjs: 'javascript',
  cs: 'csharp',
  'c++': 'cpp',
  docker: 'dockerfile',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  mjs: 'javascript',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
  zsh: 'shellscript',
};

/** @param info `ts`, `python title="a.py"`. Undefined where the editor has none of that name. */
export function languageFor(info: string, known: readonly string[]): string | undefined {
  const [name = ''] = info
    .trim()
    .toLowerCase()
    .split(/[\s,{:]/);
  return [Object.hasOwn(others, name) ? others[name] : undefined, name].find(
    (each) => each !== undefined && known.includes(each),
  );
}
