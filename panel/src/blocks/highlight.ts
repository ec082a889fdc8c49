/** Colours code: which part of each line is a word of the language, a text, a comment. Bounded in size and time; no HTML. */
import * as languages from '@speed-highlight/core/languages';
import { type ShjLanguageData, tokenizeWith } from '@speed-highlight/core/tokenize';

export interface Token {
  readonly text: string;
  /** Of the colour; undefined for the plain one. */
  readonly type?: string | undefined;
}

export type Coloured = readonly (readonly Token[])[];

/** UTF-16 code units: larger code stays plain. */
const longest = 60_000;

const known: Readonly<Record<string, ShjLanguageData | undefined>> = languages as Record<string, ShjLanguageData>;

/** What people and models call them → what they are called here. */
const names: Readonly<Record<string, string>> = {
  ...{ javascript: 'js', jsx: 'js', mjs: 'js', cjs: 'js', typescript: 'ts', tsx: 'ts', mts: 'ts', cts: 'ts' },
  ...{ jsonc: 'json', json5: 'json', python: 'py', rust: 'rs', golang: 'go', sh: 'bash', shell: 'bash', zsh: 'bash' },
  ...{ console: 'bash', shellscript: 'bash', cpp: 'c', 'c++': 'c', h: 'c', hpp: 'c', cs: 'java', csharp: 'java' },
  ...{ kotlin: 'java', yml: 'yaml', dockerfile: 'docker', makefile: 'make', markdown: 'md', patch: 'diff' },
  ...{ svg: 'xml', vue: 'html', svelte: 'html', scss: 'css', less: 'css', perl: 'pl', regexp: 'regex', conf: 'ini' },
};

/**
 * The lines of a code in coloured parts; all of them plain where the language is not known.
 * @param now milliseconds: after `until` the rest stays plain.
 */
export function coloured(
  lines: readonly string[],
  language: string,
  until: number,
  now: () => number = () => performance.now(),
): Coloured {
  const name = language.toLowerCase();
  const grammar = known[names[name] ?? name];
  const plain = () => lines.map((text) => [{ text }]);
  if (grammar === undefined || !Object.hasOwn(languages, names[name] ?? name)) return plain();
  const code = lines.join('\n');
  if (code.length > longest) return plain();
  const result: Token[][] = [[]];
  let length = 0;
  const put = (text: string, type?: string): void => {
    length += text.length;
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) result.push([]);
      if (part !== '') result.at(-1)?.push({ text: part, type });
    }
  };
  const isLate = {};
  try {
    tokenizeWith(
      code,
      grammar,
      (text, type) => {
        if (now() > until) throw isLate;
        put(text, type);
      },
      { languages: known as Record<string, ShjLanguageData> },
    );
  } catch (error) {
    if (error !== isLate) return plain();
  }
  put(code.slice(length));
  // What it gives has to be the code and nothing else.
  return result.map((parts) => parts.map(({ text }) => text).join('')).join('\n') === code ? result : plain();
}
