/** Takes the working parts out of a Markdown tree: what would load, open or render as HTML becomes text that can be read. */
import { type Cite, spacedMarks } from '../citations.ts';
import { revealInvisible } from '../invisible.ts';
import { everyNode, inertText, inlineCode, plainText } from './inertText.ts';
import type { Block, Node, NodeOf, Phrasing, Root } from './nodes.ts';

/** What a block needs to know of the document around it. */
interface Source {
  readonly text: string;
  /** Addresses by the identifier of their definition. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Identifiers that something refers to. */
  readonly referred: ReadonlySet<string>;
  readonly cite: Cite | undefined;
}

/**
 * A tree of the same blocks without images, links, HTML, definitions and footnotes. Their text stays; their addresses
 * follow as inline code.
 * @param text what the tree was parsed from; its positions point there.
 * @param cite draws the marks of citations in text; in code they go.
 */
export function toInert(root: Root, text: string, cite?: Cite): Root & { readonly children: Block[] } {
  const source: Source = { text, addresses: addressesIn(root), referred: referredIn(root), cite };
  const children = root.children.flatMap((block) => inertBlock(block, source));
  return {
    type: 'root',
    children: children.filter((block) => block.type !== 'paragraph' || block.children.length > 0),
  };
}

function inertBlock(node: Root['children'][number], source: Source): Block[] {
  switch (node.type) {
    case 'paragraph':
      return paragraph(inertPhrasing(node.children, source));
    case 'heading':
      return [{ ...node, children: inertPhrasing(node.children, source) }];
    case 'table':
      return [{ ...node, children: node.children.map((row) => inertRow(row, source)) }];
    case 'blockquote':
      return [{ ...node, children: node.children.flatMap((child) => inertBlock(child, source)) }];
    case 'list':
      return [{ ...node, children: node.children.map((item) => inertItem(item, source)) }];
    case 'code':
      return [
        {
          ...node,
          value: visible(unmarked(node.value, source)),
          lang: visible(unmarked(node.lang ?? '', source)),
          meta: visible(unmarked(node.meta ?? '', source)),
        },
      ];
    case 'definition':
      return source.referred.has(node.identifier) ? [] : paragraphsOf(writtenAs(node, source));
    case 'footnoteDefinition':
      return footnote(node, source);
    case 'thematicBreak':
      return [node];
    default:
      return paragraphsOf(writtenAs(node, source));
  }
}

function inertItem(item: NodeOf<'listItem'>, source: Source): NodeOf<'listItem'> {
  return { ...item, children: item.children.flatMap((child) => inertBlock(child, source)) };
}

function inertRow(row: NodeOf<'tableRow'>, source: Source): NodeOf<'tableRow'> {
  return {
    ...row,
    children: row.children.map((cell) => ({ ...cell, children: inertPhrasing(cell.children, source) })),
  };
}

/** The note's own blocks, its mark in front of the first paragraph. */
function footnote(node: NodeOf<'footnoteDefinition'>, source: Source): Block[] {
  const [first, ...rest] = node.children.flatMap((child) => inertBlock(child, source));
  const mark: NodeOf<'text'> = { type: 'text', value: visible(`[^${node.label ?? node.identifier}]: `) };
  if (first?.type === 'paragraph') return [{ ...first, children: merged([mark, ...first.children]) }, ...rest];
  return [{ type: 'paragraph', children: [mark] }, ...(first === undefined ? [] : [first]), ...rest];
}

function inertPhrasing(nodes: readonly Phrasing[], source: Source): Phrasing[] {
  const inert = merged(nodes.flatMap((node) => inertInline(node, source)));
  const texts = inert.flatMap((node): Phrasing[] => (node.type === 'text' ? inertText(node.value) : [node]));
  return apart(
    texts.flatMap((node, index) => (node.type === 'text' ? drawn(node.value, index === 0, source) : [node])),
  );
}

/**
 * A text with its marks drawn. A blank stands before each but at the start of its emphasis: behind an exclamation mark
 * a link would be an image.
 */
function drawn(text: string, isFirst: boolean, { cite }: Source): Phrasing[] {
  if (cite === undefined) return [{ type: 'text', value: text }];
  const nodes: Phrasing[] = [];
  let from = 0;
  for (const mark of text.matchAll(spacedMarks)) {
    const cited = cite(Number(mark[1]));
    const isStart = isFirst && mark.index === 0;
    const value = text.slice(from, mark.index) + (cited === undefined || isStart ? '' : ' ');
    if (value !== '') nodes.push({ type: 'text', value });
    if (cited !== undefined) nodes.push(citation(cited));
    from = mark.index + mark[0].length;
  }
  if (from < text.length) nodes.push({ type: 'text', value: text.slice(from) });
  return merged(nodes);
}

function citation({ text, url }: NonNullable<ReturnType<Cite>>): Phrasing {
  const words: NodeOf<'text'> = { type: 'text', value: visible(text) };
  return url === undefined ? words : { type: 'link', url, children: [words] };
}

function unmarked(code: string, { cite }: Source): string {
  return cite === undefined ? code : code.replace(spacedMarks, '');
}

function inertInline(node: Phrasing, source: Source): Phrasing[] {
  switch (node.type) {
    case 'text':
      return [{ type: 'text', value: visible(node.value) }];
    case 'inlineCode':
      return inlineCode(visible(unmarked(node.value, source)));
    case 'emphasis':
    case 'strong':
    case 'delete':
      return [{ ...node, children: inertPhrasing(node.children, source) }].filter(
        ({ children }) => children.length > 0,
      );
    case 'break':
      return [node];
    case 'link':
      return linkText(node.children, node.url, source);
    case 'linkReference':
      return linkText(node.children, source.addresses.get(node.identifier) ?? '', source);
    case 'image':
      return imageText(node.alt, unmarked(node.url, source));
    case 'imageReference':
      return imageText(node.alt, unmarked(source.addresses.get(node.identifier) ?? '', source));
    case 'footnoteReference':
      return [{ type: 'text', value: visible(`[^${node.label ?? node.identifier}]`) }];
    default:
      return [{ type: 'text', value: visible(writtenAs(node, source)) }];
  }
}

/** The text, and the address behind it unless the text already says it. */
function linkText(children: readonly Phrasing[], url: string, source: Source): Phrasing[] {
  const text = plainText(children);
  if (['', 'mailto:', 'http://'].some((scheme) => scheme + text === url))
    return text.includes('⟦') ? inertText(visible(text)) : address(text);
  const inner = children.flatMap((child) => inertInline(child, source));
  const said = unmarked(url, source);
  if (said === '') return inner;
  if (text.trim() === '') return [...inner, ...address(said)];
  return [...inner, ...inParentheses(said)];
}

function imageText(alt: string | null | undefined, url: string): Phrasing[] {
  const label: NodeOf<'text'> = { type: 'text', value: visible(alt ? `image: ${alt}` : 'image') };
  return [label, ...inParentheses(url)];
}

function inParentheses(url: string): Phrasing[] {
  return [{ type: 'text', value: ' (' }, ...address(url), { type: 'text', value: ')' }];
}

/** Longer addresses are of no use to a reader. */
const longestAddress = 500;

function address(url: string): Phrasing[] {
  const shown = visible(url);
  return inlineCode(shown.length > longestAddress ? `${shown.slice(0, longestAddress)}…` : shown);
}

/** Neighbouring texts as one, so that nothing hides in their seam. */
function merged(nodes: readonly Phrasing[]): Phrasing[] {
  const result: Phrasing[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (last?.type === 'text' && node.type === 'text') {
      result[result.length - 1] = { type: 'text', value: last.value + node.value };
    } else result.push(node);
  }
  return result;
}

/** A space between two pieces of inline code: their backticks would run together. */
function apart(nodes: readonly Phrasing[]): Phrasing[] {
  return nodes.flatMap((node, index): Phrasing[] => {
    const isSecond = node.type === 'inlineCode' && nodes[index - 1]?.type === 'inlineCode';
    return isSecond ? [{ type: 'text', value: ' ' }, node] : [node];
  });
}

function paragraphsOf(text: string): Block[] {
  const parts = visible(text).split(/\n[ \t]*\n/);
  return parts.flatMap((part) => paragraph(apart(inertText(part))));
}

/** None for blanks alone: they would leave a gap. */
function paragraph(children: Phrasing[]): Block[] {
  const isBlank = children.every((child) => child.type === 'text' && child.value.trim() === '');
  return isBlank ? [] : [{ type: 'paragraph', children }];
}

/** The node as its author wrote it. */
function writtenAs(node: Node, source: Source): string {
  return source.text.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

function addressesIn(root: Root): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const node of everyNode(root)) {
    // The first definition of a label counts (CommonMark section 4.7).
    if (node.type === 'definition' && !addresses.has(node.identifier)) addresses.set(node.identifier, node.url);
  }
  return addresses;
}

function referredIn(root: Root): ReadonlySet<string> {
  const referred = new Set<string>();
  for (const node of everyNode(root)) {
    if (node.type === 'linkReference' || node.type === 'imageReference') referred.add(node.identifier);
  }
  return referred;
}

function visible(text: string): string {
  return revealInvisible(text).text;
}
