/** Finds addresses in places where editors fetch them, language by language; tolerant, as the editors' parsers are (threats S11). */

/** What stands right after a trigger, in quotes or without. Only unquoted values could overlap, so these are bounded. */
const attribute = /\s*(?:"([^"]*)|'([^']*)|`([^`]*)|([^\s"'>]{0,300}))/y;
const scalar =
  /\s*(?:(?:[&!]\S{0,200}|[|>][-+\d]*|-)\s+|\[\s*){0,5}(?:"([^"\n]*)|'([^'\n]*)|<?([^\s"'<>,\]}[]{0,300}))/y;
const cssUrl = /\s*(?:"([^"\n]*)|'([^'\n]*)|([^\s"'()]{0,300}))/y;

/** The values after each trigger. What a value holds is searched for triggers again: its quotes may deceive. */
function valuesAfter(text: string, trigger: RegExp, value: RegExp): readonly string[] {
  return Array.from(text.matchAll(trigger), (found) => valueAt(text, found.index + found[0].length, value));
}

function valueAt(text: string, offset: number, value: RegExp): string {
  value.lastIndex = offset;
  const [, ...parts] = value.exec(text) ?? [];
  return parts.find((part) => part !== undefined) ?? '';
}

/** Everything that could be an address. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/[^\s"'`<>,;()[\]]+/g) ?? [];
}

const key = /^(?:\$(?:schema|ref|dynamicref|recursiveref|extends|import)|extends|importmap|include)$/i;
/** Files in which nearly every address is fetched. */
const wholly = /^(?:settings\.json|deno\.jsonc?|jsr\.json|import_?map\.json)$|\.code-workspace$/;

/** Tolerant: with comments, and once more with single quotes. Cells of notebooks are Markdown. */
export function jsonAddresses(text: string, name: string): readonly string[] {
  const pairs = [...jsonPairs(text, doubleQuoted), ...jsonPairs(text, anyQuoted)];
  if (wholly.test(name)) return pairs.map(({ value }) => value);
  const fetched = pairs.filter((pair) => key.test(pair.key)).map(({ value }) => value);
  const cells = name.endsWith('.ipynb') ? pairs.map(({ value }) => value).join('') : '';
  return [...fetched, ...keyedAddresses(text), ...imagesIn(cells), ...tagAddresses(cells)];
}

const doubleQuoted = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"?|[:[{}\]]|[^\s"/:,[\]{}]+/g;
const anyQuoted = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|(["'])(?:(?!\1)[^\\\n]|\\.)*\1?|[:[{}\]]|[^\s"'/:,[\]{}]+/g;

/** Each text with the key that it stands under, also in a list. Keys count as texts as well: it may be the colon that is wrong. */
function jsonPairs(text: string, tokens: RegExp): readonly { readonly key: string; readonly value: string }[] {
  const pairs: { readonly key: string; readonly value: string }[] = [];
  const outer: string[] = [];
  let current = '';
  for (const [token] of text.matchAll(tokens)) {
    if (token === ':') current = pairs.at(-1)?.value ?? '';
    else if (token === '{' || token === '[') outer.push(current);
    else if (token === '}' || token === ']') current = outer.pop() ?? '';
    else if (!/^\/[/*]/.test(token))
      pairs.push({ key: current, value: decodedEscapes(token.replace(/^["']|["']$/g, '')) });
  }
  return pairs;
}

const keyed = /\$(?:schema|(?:dynamic|recursive)?ref|extends|import)["']?\s*[:=]|#:schema(?=\s)/gi;
const keyedList = /(?<![\w-])(?:extends|include)["']?[ \t]*[:=][^\n]*(?:\n[ \t]*(?:(?:[-[\]]|https?:)[^\n]*)?)*/gi;

/** Of keys that are unlike any others, in any notation. */
export function keyedAddresses(text: string): readonly string[] {
  const plain = text.replace(/(^|\s)#[^\n]*/g, '$1');
  return [text, plain, decodedEscapes(plain)].flatMap((reading) => valuesAfter(reading, keyed, scalar));
}

export function yamlAddresses(text: string): readonly string[] {
  return [...jsonAddresses(text, ''), ...(text.match(keyedList) ?? []).flatMap(wordsIn)];
}

const declaration = /<!(?:doctype|entity|attlist|notation)(?:"[^"]*"?|'[^']*'?|[^>"'])*/gi;

export function xmlAddresses(text: string): readonly string[] {
  const declared = (text.match(declaration) ?? []).map(decodedEntities).flatMap(wordsIn);
  const linked = [...linkedBy(xmlLoaders, text), ...valuesAfter(text, /\bxml:base\s*=/gi, attribute)];
  return [...declared, ...schemaLocations(text), ...linked.map(decodedEntities)];
}

/** A namespace and a place in turns, or places alone. */
function schemaLocations(text: string): readonly string[] {
  return [...text.matchAll(/(?<=(:?))schemalocation\s*=/gi)].flatMap(({ 0: all, 1: prefixed, index }) => {
    const value = decodedEntities(valueAt(text, index + all.length, attribute));
    const words = value.trim().split(/\s+/);
    const inTurns = prefixed !== '' && words.length % 2 === 0;
    return inTurns ? words.filter((_, at) => at % 2 === 1) : words;
  });
}

const xmlLoaders = hrefOf('\\?xml-model|\\?xml-stylesheet|include|import|redefine|override|externalref');
const htmlLoaders = hrefOf(
  'link|image|use|base|script|feimage|pattern|(?:linear|radial)gradient|filter|mpath|textpath|tref|cursor|font-face-uri|glyphref|altglyph|color-profile',
);

/** An element that loads; an element that does not, up to its `href`, if nothing in it is odd; any other `href`. */
function hrefOf(loading: string): RegExp {
  const attributes = '(?:\\s+[^\\s"\'<>=]+(?:\\s*=\\s*(?:"[^"<]*"|\'[^\'<]*\'|[^\\s"\'<>=]+))?)*';
  const pattern = `(<(?:[\\w.-]+:)?(?:${loading})(?![\\w-]))|(<[\\w:.-]+${attributes}\\s+(?:[\\w-]+:)?href\\s*=)|(?<![\\w.-])href\\s*=`;
  return new RegExp(pattern, 'gi');
}

/** What the first `href` after a loading element names, and whatever does not certainly belong to another one. */
function linkedBy(loaders: RegExp, text: string): readonly string[] {
  const found: string[] = [];
  let isLoading = false;
  for (const { 0: all, 1: loading, 2: plain, index } of text.matchAll(loaders)) {
    if (loading === undefined && (isLoading || plain === undefined))
      found.push(valueAt(text, index + all.length, attribute));
    isLoading = loading !== undefined && !/script$/i.test(loading);
  }
  return found;
}

const resource =
  /(?<![\w.-])(?:(?:image)?srcset|src|poster|background|data|lowsrc|dynsrc|manifest|codebase|archive|classid)\s*=/gi;

/** Images of several sizes. */
const isList = /^(?!\s*data:)[\s\S]*(?:,|\s\d)/i;

export function tagAddresses(text: string): readonly string[] {
  return [text, decodedEntities(text)].flatMap((reading) => {
    const refreshed = valuesAfter(reading, /(?<![\w-])content\s*=/gi, attribute).map(
      (content) => /^\s*[\d.]+\s*[;,]\s*(?:url\s*=)?\s*["']?(.*)/is.exec(content)?.[1] ?? '',
    );
    const loaded = [...valuesAfter(reading, resource, attribute), ...linkedBy(htmlLoaders, reading), ...refreshed];
    return loaded
      .map(decodedEntities)
      .flatMap((value) => [value.trim(), ...(isList.test(value) ? wordsIn(value) : [])]);
  });
}

export function cssAddresses(text: string): readonly string[] {
  const plain = withoutComments(text);
  return [text, plain, decodedCss(text), decodedCss(plain)].flatMap((reading) => [
    ...valuesAfter(reading, /(?<!@namespace\s[\w-]{0,40}\s?)url\(/gi, cssUrl),
    ...(reading.match(/(?:@import|image-set\(|src\()[^;{}]*/gi) ?? []).flatMap(wordsIn),
    ...valuesAfter(reading, /sourcemappingurl=/gi, attribute),
  ]);
}

const imported = /\b(?:from|import|export|require|amends|extends)\b\s*\(?(?=\s*["'`])/g;
const directive =
  /@deno-types\s*=|<reference\s[^>\n]{0,200}?(?:path|types)\s*=|@jsximportsource(?:types)?(?=\s)|sourcemappingurl=/gi;

export function scriptAddresses(text: string): readonly string[] {
  const plain = withoutComments(text).replace(/(?<!:)\/\/[^\n]*/g, '');
  // Most code reads the same in all ways: each way of reading a text of megabytes counts.
  const code = new Set([plain, text].flatMap((reading) => [reading, decodedEscapes(reading)]));
  return [
    ...[...code].flatMap((reading) => valuesAfter(reading, imported, attribute)),
    ...valuesAfter(text, directive, attribute),
  ];
}

const markup =
  /\.\.\s+(?:\|[^|\n]{1,200}\|\s*)?(?:image|figure|include|raw|csv-table|literalinclude)::|:(?:url|file|[\w-]*(?:dir|sheet|css)):|(?<![\w-])(?:image|video|audio|include)::?(?=\S)|#\+(?:setupfile|include)\s*:|\[\[(?=[^[\]\s]{1,2000}\.(?:png|jpe?g|gif|svg|webp))|!include(?:url|_many|sub)?\s|<img:/gi;

/** reStructuredText, AsciiDoc, Org and PlantUML. */
export function markupAddresses(text: string): readonly string[] {
  return valuesAfter(text, markup, scalar);
}

/** Of Markdown images, also by reference. Code is once read as text and once left out: in one of these, brackets match. */
export function imagesIn(text: string): readonly string[] {
  if (!text.includes('![')) return [];
  return [text, text.replace(/`[^`\n]*`/g, '')]
    .flatMap(imagesOf)
    .map((address) => decodedEntities(address.replace(/\\([^\w\s])/g, '$1')));
}

const bracket = /\\[^\w\s]|!?\[|\](?:(?=\(\s*<?([^\s)>]{0,500}))|(?=\[([^[\]]{0,500})\])|)/g;

function imagesOf(text: string): readonly string[] {
  const open: { readonly isImage: boolean; readonly start: number }[] = [];
  const addresses: string[] = [];
  const labels = new Set<string>();
  for (const { 0: token, 1: address, 2: label, index } of text.matchAll(bracket)) {
    if (token.endsWith('[') && !token.startsWith('\\'))
      open.push({ isImage: token === '![', start: index + token.length });
    if (!token.startsWith(']')) continue;
    const { isImage, start } = open.pop() ?? { isImage: false, start: index };
    if (isImage && address !== undefined) addresses.push(address);
    else if (isImage && index - start <= 500) labels.add(labelOf(label || text.slice(start, index)));
  }
  const defined = [...text.matchAll(/^[ \t>]*\[([^[\]]{1,500})\]:\s*<?(\S{1,500})/gm)];
  return [
    ...addresses,
    ...defined.flatMap(([, label = '', address = '']) => (labels.has(labelOf(label)) ? [address] : [])),
  ];
}

function labelOf(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

function withoutComments(text: string): string {
  if (!text.includes('/*')) return text;
  return text.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ');
}

function decodedEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  const escaped = /\\(?:(x[\da-fA-F]{2}|u[\da-fA-F]{4}|u\{[\da-fA-F]{1,6}\}|U[\da-fA-F]{8})|([/\\"'])|([nrt])|\n\s*)/g;
  return text.replace(escaped, (_, code?: string, plain = '', blank?: string) => {
    if (code !== undefined) return characterOf(Number.parseInt(code.replace(/[^\da-fA-F]/g, ''), 16));
    return blank === undefined ? plain : '\n';
  });
}

function decodedCss(text: string): string {
  return text.replace(/\\(?:([\da-f]{1,6})\s?|([^\n]))/gi, (_, hex?: string, plain = '') =>
    hex === undefined ? plain : characterOf(Number.parseInt(hex, 16)),
  );
}

const entities: Readonly<Record<string, string>> = {
  colon: ':',
  sol: '/',
  bsol: '\\',
  period: '.',
  tab: '\t',
  newline: '\n',
  amp: '&',
  quot: '"',
  apos: "'",
  lpar: '(',
  equals: '=',
  lt: '<',
  gt: '>',
};

export function decodedEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,7}));?/gi,
    (all: string, hex?: string, digits?: string, name = '') => {
      if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
      return digits === undefined ? (entities[name.toLowerCase()] ?? all) : characterOf(Number(digits));
    },
  );
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
