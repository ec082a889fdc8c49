/** Takes off what chat models put around code: fences, tags, marks of the cursor, changed line ends. Pure. */
import type { Filter } from './filter.ts';
import { isProse } from './prose.ts';

export const lineEnds: Filter = {
  name: 'line ends',
  apply: (text) => text.replace(/\r\n?/g, '\n'),
};

const fence = /^\s*(?:`{3,}|~{3,})[\w+#.-]*\s*$/;

/** The code in the first fence; what stands before a fence that only ends something. */
export const fences: Filter = {
  name: 'Markdown around the code',
  apply(text) {
    const lines = text.split('\n');
    const first = lines.findIndex((line) => fence.test(line));
    if (first < 0) return withoutTicks(text);
    const above = lines.slice(0, first);
    if (above.some((line) => line.trim() !== '' && !isProse(line))) return above.join('\n');
    const end = lines.findIndex((line, index) => index > first && fence.test(line));
    return lines.slice(first + 1, end < 0 ? undefined : end).join('\n');
  },
};

/** Inline code and nothing else. A template literal reads the same: one with a hole in it stays. */
function withoutTicks(text: string): string {
  const inner = /^\s*`([^`\n]+)`\s*$/.exec(text)?.[1];
  return inner === undefined || inner.includes('$' + '{') ? text : inner;
}

const markup = new Set(['html', 'xml', 'vue', 'svelte', 'javascriptreact', 'typescriptreact', 'astro']);

export const tags: Filter = {
  name: 'tags around the code',
  apply(text, { languageId }) {
    const names = markup.has(languageId) ? 'completion|answer|fill' : 'completion|answer|fill|code|insert|output';
    const opened = new RegExp(`^\\s*<(${names})>\\n?`).exec(text);
    if (opened === null) return text;
    const rest = text.slice(opened[0].length);
    const end = rest.lastIndexOf(`</${opened[1]}>`);
    return end < 0 ? rest : rest.slice(0, end).replace(/\n$/, '');
  },
};

const mark = /<\|?(?:cursor|fim_\w+|insert|hole|fill_here)\|?>/gi;

/** Marks of the cursor, as models were taught them, and signs for "and so on". */
export const marks: Filter = {
  name: 'marks instead of code',
  apply(text) {
    const rest = text.replace(mark, '');
    return /^\s*(?:\[?\.{3}\]?|…)\s*$/.test(rest) ? undefined : rest;
  },
};

export const diffs: Filter = {
  name: 'a change instead of code',
  apply: (text) => (/^(?:@@ -\d|diff --git |--- \S+\n\+\+\+ )/m.test(text) ? undefined : text),
};
