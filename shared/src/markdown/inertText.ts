/** Splits plain text where an editor would make a link of it, and reads the plain text of a tree. */
import type { Node, NodeOf, Phrasing } from './nodes.ts';

type Inert = NodeOf<'text'> | NodeOf<'inlineCode'>;

/** The text with everything that looks like an address (`https:`, `www.`, mail) as inline code, which no renderer links. */
export function inertText(text: string): Inert[] {
  const nodes: Inert[] = [];
  let from = 0;
  for (const match of text.matchAll(addresses)) {
    const length = lengthWithoutPunctuation(match[0]);
    if (match.index > from) nodes.push({ type: 'text', value: text.slice(from, match.index) });
    nodes.push({ type: 'inlineCode', value: match[0].slice(0, length) });
    from = match.index + length;
  }
  if (from < text.length) nodes.push({ type: 'text', value: text.slice(from) });
  return nodes;
}

/**
 * Inline code, on one line. Code with backticks and an address in it becomes text: renderers differ on where such code
 * ends, and the address must not be outside for any of them.
 */
export function inlineCode(value: string): Inert[] {
  const line = value.replaceAll('\n', ' ');
  if (line.trim() === '') return [];
  return line.includes('`') && isHazardous(line) ? inertText(line) : [{ type: 'inlineCode', value: line }];
}

/** Whether the text would do something if it stood outside of code. */
export function isHazardous(code: string): boolean {
  return /\]\(|\]\[|<|:\/\/|www\.|@/i.test(code);
}

/** The text of a tree without its marks. */
export function plainText(nodes: readonly Phrasing[]): string {
  let text = '';
  for (const node of nodes.flatMap((child) => [...everyNode(child)])) {
    if ('value' in node) text += node.value;
    else if ('alt' in node) text += node.alt ?? '';
  }
  return text;
}

/** A tree's nodes in the order of the text, its root first. Not recursive: trees from outside may be deep. */
export function* everyNode(root: Node): Generator<Node> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if ('children' in node) for (const child of [...node.children].reverse()) waiting.push(child);
  }
}

// Wider than GitHub's rule for autolinks, since renderers differ. The mail name is bounded to keep the search linear.
// A mark of a citation ends an address.
const addresses = /(?:https?|ftp):\/\/[^\s<>`⟦⟧]*|www\.[^\s<>`⟦⟧]*|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi;

/** Punctuation at the end belongs to the sentence, not to the address. */
function lengthWithoutPunctuation(address: string): number {
  let length = address.length;
  while (length > 4 && '.,;:!?\'")]}*_~|'.includes(address.charAt(length - 1))) length--;
  return length;
}
