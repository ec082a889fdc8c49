/** The forms of documentation comments: one for each language, lines without the indentation of what they are for. */
import type { Material } from './documentMaterial.ts';
import { sentenceFor } from './phrases.ts';
import type { Source } from './source.ts';
import { isTyped } from './syntax.ts';

export function documentationLines(source: Source, material: Material): readonly string[] {
  const { syntax } = source;
  switch (syntax.family) {
    case 'script':
      return starred(jsdoc(material, !isTyped(syntax)));
    case 'python':
      return docstring(material, source.unit);
    case 'rust':
      return rustdoc(material).map((line) => `/// ${line}`.trimEnd());
    case 'go':
      return [goSentence(material)].map((line) => `// ${line}`);
    case 'c':
      return starred(doxygen(material));
    case 'java':
      return syntax.language === 'csharp' ? xml(material) : starred(doxygen(material));
    case 'swift':
      return swift(material).map((line) => `/// ${line}`.trimEnd());
    default:
      return plain(source, material);
  }
}

/** One line, or a block with a star before each line. */
function starred(lines: readonly string[]): readonly string[] {
  const safe = lines.map((line) => line.replaceAll('*/', '* /'));
  const [only = ''] = safe;
  if (safe.length === 1) return [`/** ${only} */`];
  return ['/**', ...safe.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

function summary({ phrase }: Material): string {
  return sentenceFor(phrase, 'returns');
}

function jsdoc(material: Material, withTypes: boolean): readonly string[] {
  const type = (hint: string | undefined) => (withTypes && hint !== undefined ? `{${hint}} ` : '');
  const tags = [
    ...material.parameters.map(({ name, text, hint, parameter }) => {
      const isOptional = withTypes && parameter.optional;
      return `@param ${type(hint)}${isOptional ? `[${name}]` : name} - ${text}`;
    }),
    ...(material.returns === undefined ? [] : [`@returns ${type(material.returnHint)}${material.returns}`]),
    ...material.throws.map(({ type: error, text }) => `@throws {${error}} ${text}`.trimEnd()),
  ];
  return tags.length === 0 ? [summary(material)] : [summary(material), '', ...tags];
}

function doxygen(material: Material): readonly string[] {
  const tags = [
    ...material.parameters.map(({ name, text }) => `@param ${name} ${text}`),
    ...(material.returns === undefined ? [] : [`@return ${material.returns}`]),
    ...material.throws.map(({ type, text }) => `@throws ${type} ${text}`.trimEnd()),
  ];
  return tags.length === 0 ? [summary(material)] : [summary(material), '', ...tags];
}

function docstring(material: Material, unit: string): readonly string[] {
  const { parameters, returns, throws } = material;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => unit + line)];
  const lines = [
    sentenceFor(material.phrase, 'return'),
    ...section(
      'Args',
      parameters.map(({ name, text, parameter }) => `${parameter.rest}${name}: ${text}`),
    ),
    ...section('Returns', returns === undefined ? [] : [returns]),
    ...section(
      'Raises',
      throws.map(({ type, text }) => `${type}: ${text}`.trimEnd()),
    ),
  ].map((line) => line.replaceAll('\\', '').replaceAll('"""', "'''"));
  const [first = ''] = lines;
  return lines.length === 1 ? [`"""${first}"""`] : [`"""${first}`, ...lines.slice(1), '"""'];
}

function rustdoc(material: Material): readonly string[] {
  const { code, throws } = material;
  const isFallible = /\bResult\b/.test(code?.result ?? '');
  return [
    summary(material),
    ...(isFallible ? ['', '# Errors', '', 'Returns the error of what it calls or finds wrong.'] : []),
    ...(throws.length > 0
      ? ['', '# Panics', '', throws.map(({ text }) => (text === '' ? 'It panics.' : `${text}.`)).join(' ')]
      : []),
  ];
}

/** Begins with the name, as gofmt and golint want it. */
function goSentence({ name, phrase, returns, code }: Material): string {
  const said = sentenceFor(phrase, 'returns');
  const lower = said.charAt(0).toLowerCase() + said.slice(1, -1);
  if (code === undefined) return `${name} is ${lower}.`;
  const gives =
    returns === undefined || phrase.verb === 'return'
      ? ''
      : ` and returns ${returns.charAt(0).toLowerCase()}${returns.slice(1, -1)}`;
  return `${name} ${lower}${gives}.`;
}

function xml(material: Material): readonly string[] {
  const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [
    `/// <summary>${safe(summary(material))}</summary>`,
    ...material.parameters.map(({ name, text }) => `/// <param name="${name}">${safe(text)}</param>`),
    ...(material.returns === undefined ? [] : [`/// <returns>${safe(material.returns)}</returns>`]),
  ];
}

function swift(material: Material): readonly string[] {
  const { parameters, returns } = material;
  return [
    summary(material),
    ...(parameters.length === 0
      ? []
      : ['', '- Parameters:', ...parameters.map(({ name, text }) => `  - ${name}: ${text}`)]),
    ...(returns === undefined ? [] : [`- Returns: ${returns}`]),
  ];
}

/** Comment lines: name, parameters, result. */
function plain({ syntax }: Source, material: Material): readonly string[] {
  const mark = syntax.lineComment;
  if (mark === undefined) return [];
  const lines = [
    summary(material),
    ...material.parameters.map(({ name, text }) => `${name}: ${text}`),
    ...(material.returns === undefined ? [] : [`Returns: ${material.returns}`]),
  ];
  return lines.map((line) => `${mark} ${line}`);
}
