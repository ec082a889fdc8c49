/** Types in JavaScript: as a JSDoc comment above the function, or added to the one that is there. */
import type { Change } from './changes.ts';
import { isDocumented, topOf } from './document.ts';
import type { CodeFunction } from './functions.ts';
import { indentOf, type Source } from './source.ts';
import { parameterHint, resultHint } from './typeHints.ts';

export function typesInJsdoc(source: Source, code: CodeFunction): Change | undefined {
  const tags = tagsOf(source, code);
  if (tags.length === 0) return undefined;
  const top = topOf(source, code.firstLine);
  const indent = indentOf(source.lines[code.firstLine] ?? '');
  if (isDocumented(source, code.symbol)) return added(source, top, indent, tags);
  return {
    from: top,
    to: top,
    lines: [`${indent}/**`, ...tags.map(({ text }) => `${indent} * ${text}`), `${indent} */`],
  };
}

interface Tag {
  readonly kind: 'param' | 'returns';
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

function tagsOf(source: Source, code: CodeFunction): readonly Tag[] {
  const parameters = code.parameters
    .filter(({ name }) => name !== '')
    .map((parameter) => {
      const type = parameterHint(source, code, parameter) ?? 'unknown';
      const written = parameter.rest === '' ? type : `...${type.replace(/\[\]$/, '')}`;
      const name = parameter.value === undefined ? parameter.name : `[${parameter.name}]`;
      return { kind: 'param' as const, name: parameter.name, type: written, text: `@param {${written}} ${name}` };
    });
  const result = resultHint(source, code);
  if (result === undefined || result === 'void') return parameters;
  return [...parameters, { kind: 'returns', name: '', type: result, text: `@returns {${result}}` }];
}

/** Tags without a type get one; missing tags come at the end. */
function added(source: Source, top: number, indent: string, tags: readonly Tag[]): Change | undefined {
  let from = top - 1;
  while (from > 0 && !/^\s*\/\*/.test(source.lines[from] ?? '')) from--;
  const old = source.lines.slice(from, top);
  const text = old.join('\n');
  const missing = tags.filter((tag) => !mentions(tag).test(text));
  const opened =
    old.length > 1
      ? old
      : [`${indent}/**`, `${indent} * ${(old[0] ?? '').replace(/^\s*\/\*\*?\s*|\s*\*\/\s*$/g, '')}`, `${indent} */`];
  const typed = opened.map((line) => tags.reduce(withType, line));
  const lines = [...typed.slice(0, -1), ...missing.map((tag) => `${indent} * ${tag.text}`), ...typed.slice(-1)];
  return lines.join('\n') === text || (missing.length === 0 && typed.join('\n') === opened.join('\n'))
    ? undefined
    : { from, to: top, lines };
}

function mentions({ kind, name }: Tag): RegExp {
  const escaped = name.replaceAll('$', '\\$');
  return kind === 'param' ? new RegExp(`@param\\b[^\\n]*?[\\s[]${escaped}(?![\\w$])`) : /@returns?\b/;
}

function withType(line: string, { kind, name, type }: Tag): string {
  const escaped = name.replaceAll('$', '\\$');
  const bare = kind === 'param' ? new RegExp(`(@param) (\\[?${escaped}(?![\\w$]))`) : /(@returns?) ((?!\{))/;
  return line.replace(bare, (_whole, tag: string, rest: string) => `${tag} {${type}} ${rest}`);
}
