/** Draws an inert Markdown tree as elements of a short list: no HTML, no pictures, no addresses that load (threats S20, S21). */
import type { ComponentChildren } from 'preact';
import type { Block, NodeOf, Phrasing } from '#shared/markdown/nodes.ts';
import { t } from '../words.ts';
import { CodeBlock } from './Code.tsx';
import { InlineCode, Text } from './Links.tsx';
import type { BlockTools } from './tools.ts';

interface BlocksParts {
  readonly blocks: readonly Block[];
  readonly tools: BlockTools;
}

export function Blocks({ blocks, tools }: BlocksParts) {
  return <>{blocks.map((block, index) => blockOf(block, tools, index))}</>;
}

function blockOf(node: Block, tools: BlockTools, key: number): ComponentChildren {
  switch (node.type) {
    case 'paragraph':
      return (
        <p key={key} dir="auto">
          {inlines(node.children, tools)}
        </p>
      );
    case 'heading':
      return heading(node, tools, key);
    case 'blockquote':
      return <blockquote key={key}>{node.children.map((child, index) => blockOf(child, tools, index))}</blockquote>;
    case 'list':
      return list(node, tools, key);
    case 'table':
      return table(node, tools, key);
    case 'code':
      return (
        <CodeBlock key={key} tools={tools} language={node.lang ?? ''} code={node.value} isOpen={tools.isGrowing} />
      );
    case 'thematicBreak':
      return <hr key={key} />;
    default:
      // `inertBlocks` makes no other ones.
      return null;
  }
}

/** Below the heading of the turn. */
function heading({ depth, children }: NodeOf<'heading'>, tools: BlockTools, key: number): ComponentChildren {
  const content = inlines(children, tools);
  const look = { key, dir: 'auto' as const, class: `level${depth}` };
  if (depth === 1) return <h3 {...look}>{content}</h3>;
  if (depth === 2) return <h4 {...look}>{content}</h4>;
  if (depth === 3) return <h5 {...look}>{content}</h5>;
  return <h6 {...look}>{content}</h6>;
}

function list({ ordered, start, children }: NodeOf<'list'>, tools: BlockTools, key: number): ComponentChildren {
  const items = children.map((item, index) => listItem(item, tools, index));
  if (ordered !== true)
    return (
      <ul key={key} dir="auto">
        {items}
      </ul>
    );
  return (
    <ol key={key} dir="auto" start={start ?? 1}>
      {items}
    </ol>
  );
}

function listItem(
  { checked, children, spread }: NodeOf<'listItem'>,
  tools: BlockTools,
  key: number,
): ComponentChildren {
  const isTask = typeof checked === 'boolean';
  return (
    <li key={key} class={isTask ? 'task' : undefined}>
      {isTask && (
        <span class="box" role="img" aria-label={checked ? t('Done') : t('Not Done')}>
          {checked ? '☑' : '☐'}
        </span>
      )}
      {children.map((child, index) =>
        // The lines of a tight list stand without gaps.
        child.type === 'paragraph' && spread !== true ? (
          <span key={index}>{inlines(child.children, tools)}</span>
        ) : (
          blockOf(child, tools, index)
        ),
      )}
    </li>
  );
}

function table({ align, children }: NodeOf<'table'>, tools: BlockTools, key: number): ComponentChildren {
  const [head, ...rows] = children;
  const cells = (row: NodeOf<'tableRow'> | undefined, isHead: boolean) =>
    row?.children.map((cell, column) => {
      const content = inlines(cell.children, tools);
      const side = align?.[column] ?? undefined;
      return isHead ? (
        <th key={column} class={side}>
          {content}
        </th>
      ) : (
        <td key={column} class={side}>
          {content}
        </td>
      );
    });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too.
    <div key={key} class="wide" tabIndex={0} role="group" aria-label={t('Table')}>
      <table>
        <thead>
          <tr>{cells(head, true)}</tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>{cells(row, false)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inlines(nodes: readonly Phrasing[], tools: BlockTools): ComponentChildren {
  return nodes.map((node, index) => inline(node, tools, index));
}

function inline(node: Phrasing, tools: BlockTools, key: number): ComponentChildren {
  switch (node.type) {
    case 'text':
      return <Text key={key} text={node.value} tools={tools} />;
    case 'inlineCode':
      return <InlineCode key={key} text={node.value} tools={tools} />;
    case 'emphasis':
      return <em key={key}>{inlines(node.children, tools)}</em>;
    case 'strong':
      return <strong key={key}>{inlines(node.children, tools)}</strong>;
    case 'delete':
      return <del key={key}>{inlines(node.children, tools)}</del>;
    case 'break':
      return <br key={key} />;
    default:
      return null;
  }
}
