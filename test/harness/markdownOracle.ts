/** What two Markdown renderers that are not ours make of a text: everything in it that would load, open or run. */
import { Marked, type Token } from 'marked';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const marked = new Marked({ gfm: true });

/** The live parts that `marked` (the renderer of VS Code) or micromark with GitHub's extensions sees; none in an inert text. */
export function liveIn(markdown: string): readonly string[] {
  return [...byMarked(markdown), ...byMicromark(markdown)];
}

/** The same for a text in which links to some addresses are wanted. */
export function liveBesides(markdown: string, urls: ReadonlySet<string>): readonly string[] {
  return [...byMarked(markdown, urls), ...byMicromark(markdown, urls)];
}

/** The addresses of all links, as `marked` and as micromark see them. */
export function linksIn(markdown: string): readonly (readonly string[])[] {
  const seen: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === 'link') seen.push(String(token['href']));
  });
  return [seen, nodesOf(treeOf(markdown)).flatMap(({ type, url }) => (type === 'link' ? [url ?? ''] : []))];
}

/** The elements and attributes that an inert text may become. */
const harmless =
  /^<(?:\/?(?:p|em|strong|del|code|pre|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|th|td)|(?:code class="language-[^"]*")|ol start="\d+"|t[hd] align="(?:left|right|center)"|br|hr|input (?:checked="" )?disabled="" type="checkbox")>$/;

const none: ReadonlySet<string> = new Set();

function byMarked(markdown: string, wanted = none): string[] {
  const tokens = marked.lexer(markdown);
  const live: string[] = [];
  marked.walkTokens(tokens, (token: Token) => {
    if (token.type === 'link' && wanted.has(String(token['href']))) return;
    if (['link', 'image', 'html', 'def'].includes(token.type)) live.push(`marked ${token.type} ${token.raw}`);
  });
  const html = marked.parser(tokens);
  for (const [tag] of html.matchAll(/<[^>]*>?/g))
    if (!harmless.test(tag) && !isWanted(tag, wanted)) live.push(`element ${tag}`);
  return live;
}

function isWanted(tag: string, wanted: ReadonlySet<string>): boolean {
  return wanted.size > 0 && (tag === '</a>' || wanted.has(/^<a href="([^"]*)">$/.exec(tag)?.[1] ?? ''));
}

const inert: ReadonlySet<string> = new Set([
  ...['root', 'paragraph', 'heading', 'text', 'emphasis', 'strong', 'delete', 'inlineCode', 'code', 'break'],
  ...['list', 'listItem', 'blockquote', 'thematicBreak', 'table', 'tableRow', 'tableCell'],
]);

/** A node of micromark's tree. */
export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly lang?: string | null | undefined;
  readonly children?: readonly MarkdownNode[];
}

/** Micromark's tree with GitHub's extensions. */
export function treeOf(markdown: string): MarkdownNode {
  // Every node of the parser's tree has these parts and more.
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as MarkdownNode;
}

/** A tree's nodes, in the order of the text. */
export function nodesOf(node: MarkdownNode): readonly MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

function byMicromark(markdown: string, wanted = none): string[] {
  return nodesOf(treeOf(markdown)).flatMap(({ type, url = '' }) =>
    inert.has(type) || (type === 'link' && wanted.has(url)) ? [] : [`micromark ${type}`],
  );
}
