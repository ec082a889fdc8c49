/** Writes an inert tree as Markdown, in the plainest spelling, so that renderers have nothing to disagree about. */
import { defaultHandlers, type Handle, type Info, type State, toMarkdown } from 'mdast-util-to-markdown';
import { escapeText, isWord, type Surroundings } from './escape.ts';
import { everyNode, isHazardous, plainText } from './inertText.ts';
import type { Node, NodeOf, Root } from './nodes.ts';

/** Markdown for the tree, without a line break at its end. */
export function writeMarkdown(root: Root): string {
  let around = surroundingsOf({ type: 'paragraph', children: [] });
  const within = (handle: Handle): Handle => {
    return (node, parent, state, info) => {
      around = surroundingsOf(node);
      return handle(node, parent, state, info);
    };
  };
  const handlers: Record<string, Handle> = {
    paragraph: within(paragraph),
    heading: within(heading),
    table: within(table),
    text: (node: NodeOf<'text'>, _parent, _state, info) => escapeText(node.value, info, around),
    inlineCode: peeking('`', (node: NodeOf<'inlineCode'>) =>
      code(around.kind === 'table' ? inCell(node.value) : node.value),
    ),
    emphasis: marked('*'),
    strong: marked('**'),
    delete: marked('~~'),
    break: peeking('\\', () => (around.kind === 'paragraph' ? '\\\n' : ' ')),
    link: peeking('(', citation),
    listItem,
  };
  const children = root.children.filter((block) => block.type !== 'paragraph' || !isBlank(block));
  return toMarkdown({ ...root, children }, { handlers, bullet: '-', rule: '_', join: [apart] }).trimEnd();
}

/** Line breaks at its ends, which only entities can bring, would be blank lines between blocks. */
function paragraph(...[node, parent, state, info]: Parameters<typeof defaultHandlers.paragraph>): string {
  return defaultHandlers.paragraph(node, parent, state, info).replace(/^\n+|\n+$/g, '');
}

/** Nothing but line breaks. */
function isBlank(block: Node): boolean {
  return [...everyNode(block)].every(
    (node) => node.type === 'paragraph' || node.type === 'break' || (node.type === 'text' && /^\n*$/.test(node.value)),
  );
}

function heading(node: NodeOf<'heading'>, _parent: unknown, state: State, info: Info): string {
  const mark = `${'#'.repeat(node.depth)} `;
  return (mark + state.containerPhrasing(node, { ...info, before: ' ', after: '\n' })).trimEnd();
}

/** Not padded to equal widths: one wide cell would be paid for in every row. */
function table(node: NodeOf<'table'>, _parent: unknown, state: State, info: Info): string {
  const rows = node.children.map((row) => {
    const cells = row.children.map((cell) =>
      state.containerPhrasing(cell, { ...info, before: ' ', after: ' ' }).trim(),
    );
    return `| ${cells.join(' | ')} |`;
  });
  const columns = node.children[0]?.children.length ?? 0;
  const rule = Array.from({ length: columns }, (_, column) => alignments[node.align?.[column] ?? 'none']);
  return [rows[0], `| ${rule.join(' | ')} |`, ...rows.slice(1)].join('\n');
}

const alignments = { left: ':--', center: ':-:', right: '--:', none: '---' } as const;

function listItem(node: NodeOf<'listItem'>, parent: Parameters<Handle>[1], state: State, info: Info): string {
  const item = defaultHandlers.listItem(node, parent, state, info);
  if (typeof node.checked !== 'boolean' || node.children[0]?.type !== 'paragraph') return item;
  return item.replace(/^\S+ +/, (bullet) => `${bullet}[${node.checked ? 'x' : ' '}] `);
}

function marked(mark: string): Handle {
  return peeking(mark.charAt(0), (node: NodeOf<'emphasis'>, _parent, state, info) => {
    const inner = state.containerPhrasing(node, { ...info, before: mark, after: mark });
    return inner === '' ? '' : mark + inner + mark;
  });
}

/** A link of ours, the only kind that a tree has here. Its address has no character with a meaning; its words lose theirs. In brackets: it stands beside words of a sentence. */
function citation(node: NodeOf<'link'>): string {
  const words = plainText(node.children).replace(/[\\`*~[\]<>&|!()\n]/g, '');
  return `([${words.replaceAll('_', '\\_')}](${node.url}))`;
}

/** A handler that tells its first character without being run: nested marks would else be written twice per level. */
function peeking(first: string, handle: Handle): Handle {
  return Object.assign(handle, { peek: () => first });
}

/** Inline code on one line; longer marks than any within, so that a search for the end finds the same for everyone. */
function code(value: string): string {
  const mark = '`'.repeat((value.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length + 1), 1));
  const padding = /^`|`$|^ .* $/.test(value) ? ' ' : '';
  return mark + padding + value + padding + mark;
}

/** A pipe in a cell needs a backslash, also in code, where one that stands before it already cannot be written. */
function inCell(value: string): string {
  return value.replaceAll('\\|', '\\ |').replaceAll('|', '\\|');
}

/**
 * Only lists of plain lines stay tight. Everywhere else a blank line keeps blocks apart: without it renderers disagree
 * on where a table or a quotation ends.
 */
function apart(left: Node, right: Node): number | undefined {
  const isPlain = left.type === 'listItem' ? isTextOnly(left) : left.type === 'paragraph' && right.type === 'list';
  return isPlain ? undefined : 1;
}

/** Text, with lists of text below it. */
function isTextOnly(node: Node): boolean {
  if (node.type === 'list' || node.type === 'listItem') return node.children.every(isTextOnly);
  return node.type === 'paragraph';
}

function surroundingsOf(block: Node): Surroundings {
  const nodes = [...everyNode(block)];
  const texts = nodes.flatMap((node) => (node.type === 'text' ? [node.value] : []));
  const codes = nodes.flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []));
  const has = (...types: Node['type'][]) => (nodes.some((node) => types.includes(node.type)) ? 1 : 0);
  return {
    kind: block.type === 'heading' || block.type === 'table' ? block.type : 'paragraph',
    // Beside a link of ours no bracket of the text may belong to one.
    brackets: has('link') > 0 || /\][([:]/.test(nodes.map((node) => ('value' in node ? node.value : '')).join('')),
    stars: countOf(texts, /\*/g) + has('emphasis', 'strong') > 1,
    tildes: countOf(texts, /~/g) + has('delete') > 1,
    underscores: boundaryUnderscores(texts) > 1,
    fragile: codes.some(isHazardous),
  };
}

function countOf(texts: readonly string[], pattern: RegExp): number {
  return texts.reduce((count, text) => count + (text.match(pattern)?.length ?? 0), 0);
}

/** Runs of underscores that are not inside a word, and so could open or close emphasis. */
function boundaryUnderscores(texts: readonly string[]): number {
  const runs = texts.flatMap((text) => [...text.matchAll(/(.?)_+(.?)/gsu)]);
  return runs.filter(([, before = '', after = '']) => !(isWord(before) && isWord(after))).length;
}
