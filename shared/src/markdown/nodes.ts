/** The nodes of a Markdown tree, as the library that writes them knows them. */
import type { toMarkdown } from 'mdast-util-to-markdown';

export type Node = Parameters<typeof toMarkdown>[0];
export type NodeOf<Kind extends Node['type']> = Extract<Node, { type: Kind }>;
export type Root = NodeOf<'root'>;
export type Phrasing = NodeOf<'paragraph'>['children'][number];
/** What may stand in a root and in a quotation. */
export type Block = NodeOf<'blockquote'>['children'][number];
