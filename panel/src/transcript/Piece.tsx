/** Draws a piece of an answer: parsed when it is seen, as far as a frame has time, and while it grows no more often than that takes a tenth of the time. */
import { useEffect, useReducer } from 'preact/hooks';
import type { Block } from '#shared/markdown/nodes.ts';
import type { Segment } from '#shared/markdown/segments.ts';
import { inertBlocks } from '#shared/markdown.ts';
import { Code, languageOf, patience } from '../blocks/Code.tsx';
import { type Coloured, coloured } from '../blocks/highlight.ts';
import { Blocks } from '../blocks/Markdown.tsx';
import { longestOf } from '../blocks/sideways.ts';
import type { BlockTools } from '../blocks/tools.ts';
import { aFrame, frameTime } from '../frameTime.ts';
import { shown } from '../shown.ts';
import type { Row } from './rows.ts';

type CodeRow = Extract<Row, { readonly is: 'code' }>;

/** What was made of a piece last. */
interface Made<Of> {
  readonly version: number;
  readonly of: Of;
  /** Milliseconds: when it was made, and how long that took. */
  readonly at: number;
  readonly cost: number;
}

const parsed = new WeakMap<Segment, Made<readonly Block[] | undefined>>();
const colours = new WeakMap<Segment, Made<Coloured | undefined>>();

/** So much longer than it took is waited before it is made again. */
const share = 10;

export function Piece({ piece, tools }: { readonly piece: Segment; readonly tools: BlockTools }) {
  const { of: blocks, wait } = made(parsed, piece, tools.isGrowing, 0, () =>
    piece.kind === 'plain' ? undefined : inertBlocks(textOf(piece)),
  );
  useAgainAfter(wait);
  if (blocks === undefined)
    return (
      <p class="plain" dir="auto">
        {shown(textOf(piece))}
      </p>
    );
  return <Blocks blocks={blocks} tools={tools} />;
}

/** Milliseconds between two colourings of code that grows. */
const colourPause = 100;
/** UTF-16 code units: code that grows and is longer has no colours until it is whole. */
const longestGrowing = 20_000;

export function CodeRowView({ row, tools }: { readonly row: CodeRow; readonly tools: BlockTools }) {
  const { piece, from, to } = row;
  const isOpen = piece.isOpen && tools.isGrowing;
  const { of: all, wait } = made(colours, piece, isOpen, colourPause, () =>
    isOpen && piece.length > longestGrowing
      ? undefined
      : coloured(piece.lines.map(shown), languageOf(piece.info), performance.now() + patience),
  );
  useAgainAfter(wait);
  // What came since the last colouring is plain, and so is its last line, which may have been cut.
  const known = wait > 0 ? (all?.length ?? 0) - 1 : (all?.length ?? 0);
  const lines = piece.lines
    .slice(from, to)
    .map((text, index) => (from + index < known ? all?.[from + index] : undefined) ?? [{ text: shown(text) }]);
  return (
    <Code
      tools={tools}
      language={piece.info}
      lines={lines}
      isFirst={row.isFirst}
      isLast={row.isLast}
      isOpen={isOpen}
      code={() => textOf(piece)}
      whole={row.isFirst && row.isLast ? undefined : { of: piece, columns: longestOf(piece.lines) }}
    />
  );
}

/** What was made of this version, or of an older one or nothing when it is too early or the frame has no time for it; then `wait` tells for how long. */
function made<Of>(
  kept: WeakMap<Segment, Made<Of>>,
  piece: Segment,
  isGrowing: boolean,
  pause: number,
  make: () => Of,
): { readonly of: Of | undefined; readonly wait: number } {
  const before = kept.get(piece);
  if (before?.version === piece.version) return { of: before.of, wait: 0 };
  const start = performance.now();
  if (before !== undefined && isGrowing) {
    const wait = before.at + Math.max(pause, before.cost * share) - start;
    if (wait > 0) return { of: before.of, wait };
  }
  if (!frameTime.hasTime()) return { of: before?.of, wait: aFrame };
  const of = make();
  const at = performance.now();
  kept.set(piece, { version: piece.version, of, at, cost: at - start });
  frameTime.spend(at - start);
  return { of, wait: 0 };
}

function useAgainAfter(wait: number): void {
  const [, again] = useReducer((count: number, _: undefined) => count + 1, 0);
  useEffect(() => {
    if (wait <= 0) return undefined;
    const timer = setTimeout(() => again(undefined), wait);
    return () => clearTimeout(timer);
  });
}

/** As it was written: lines that were cut are whole again. */
function textOf({ lines, cut }: Segment): string {
  if (cut.size === 0) return lines.join('\n');
  return lines.map((line, index) => (cut.has(index) || index === lines.length - 1 ? line : `${line}\n`)).join('');
}
