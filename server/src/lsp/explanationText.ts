/** An explanation as Markdown that any editor can show: what it speaks of, what became of that, and all its turns. */
import { type Cite, citeBy } from '#shared/citations.ts';
import type { ExplanationSummary, ExplanationTurn } from '#shared/explanations.ts';
import { safeMarkdown } from '#shared/markdown.ts';
import { fewWords, inlineCode } from './plainWords.ts';

/** A document of its own. */
export function explanationDocument(summary: ExplanationSummary, turns: readonly ExplanationTurn[]): string {
  const body = bodyOf(turns, citeBy(summary.citations, summary.uri));
  return [headOf(summary), noteOf(summary), body, ...noticesOf(turns)].filter(Boolean).join('\n\n');
}

/** One of many in a document that names the file above it. */
export function explanationSection(summary: ExplanationSummary, turns: readonly ExplanationTurn[]): string {
  const body = bodyOf(turns, citeBy(summary.citations, summary.uri));
  return [`### ${placeOf(summary)}`, noteOf(summary), body, ...noticesOf(turns)].filter(Boolean).join('\n\n');
}

/** What a hover has room for. */
export function explanationHover(
  summary: ExplanationSummary,
  turns: readonly ExplanationTurn[],
  { more, links }: HoverLook,
): string {
  const cite = citeBy(summary.citations, summary.uri);
  const body = bodyOf(turns, links ? cite : withoutLinks(cite), longestHover);
  return [noteOf(summary), body, more].filter(Boolean).join('\n\n');
}

export interface HoverLook {
  /** How to go on from here; undefined where the editor shows that itself. */
  readonly more: string | undefined;
  /** Where Markdown is shown as plain text, an address would only be in the way. */
  readonly links: boolean;
}

function withoutLinks(cite: Cite): Cite {
  return (number) => {
    const drawn = cite(number);
    return drawn?.url === undefined ? drawn : { text: `(${drawn.text})` };
  };
}

/** Characters, before citations are drawn. */
const longestHover = 6_000;

/** What an explanation speaks of, in a few words of Markdown. */
function headOf({ uri, kind, range, symbol }: ExplanationSummary): string {
  if (kind === 'terminal') return '**Text of a terminal**';
  const name = symbol === undefined ? '' : `${inlineCode(symbol)} in `;
  const lines = kind === 'file' ? '' : `, ${linesOf(range.start.line, range.end.line)}`;
  return `**${heads[kind]}** ${name}${inlineCode(nameOf(uri))}${lines}`;
}

/** The same where the file is known. */
function placeOf({ kind, range, symbol }: ExplanationSummary): string {
  if (kind === 'terminal') return 'Text of a terminal';
  if (kind === 'file') return 'The whole file';
  const about = kind === 'code' ? '' : `${heads[kind]} `;
  const name = symbol === undefined ? '' : `${inlineCode(symbol)}, `;
  return `${about}${name}${linesOf(range.start.line, range.end.line)}`;
}

const heads: Readonly<Record<Exclude<ExplanationSummary['kind'], 'terminal'>, string>> = {
  code: 'Explained:',
  problem: 'A problem of',
  change: 'A change of',
  file: 'The file',
  notes: 'Line notes of',
};

function noteOf({ state }: ExplanationSummary): string {
  switch (state) {
    case 'current':
      return '';
    case 'changed':
      return '*The code has changed since this was explained.*';
    case 'gone':
      return '*The code that this explains is not there any more.*';
  }
}

function bodyOf(turns: readonly ExplanationTurn[], cite: Cite, most?: number): string {
  // The newest is what the person waits for: when there is not room for all, the turns before it are left out.
  const texts = turns.map(({ question, answer }) => ({ question, markdown: answer.markdown }));
  const shown = most === undefined ? texts : fitting(texts, most);
  return shown
    .map(({ question, markdown }) => quoted(question) + safeMarkdown(markdown, cite))
    .filter((text) => text !== '')
    .join('\n\n---\n\n');
}

interface TurnText {
  readonly question: string | undefined;
  readonly markdown: string;
}

function fitting(turns: readonly TurnText[], most: number): readonly TurnText[] {
  const kept: TurnText[] = [];
  let room = most;
  for (const turn of turns.toReversed()) {
    if (room < smallestRest) break;
    kept.unshift({ ...turn, markdown: beginning(turn.markdown, room) });
    room -= turn.markdown.length;
  }
  return kept;
}

/** Less than this says nothing. */
const smallestRest = 200;

/** Cut where a paragraph ends, if one does; what is cut within a block is closed when it is drawn. */
function beginning(markdown: string, most: number): string {
  if (markdown.length <= most) return markdown;
  // No half of a surrogate pair, and no half of a citation's mark.
  const cut = markdown.slice(0, most).replace(/[\ud800-\udbff]$|⟦\d*$/, '');
  const end = cut.lastIndexOf('\n\n');
  return `${end > most / 2 ? cut.slice(0, end) : cut}\n\n…`;
}

/** What the person asked. They may have pasted it from anywhere. */
function quoted(question: string | undefined): string {
  if (question === undefined) return '';
  return `${safeMarkdown(question.slice(0, longestQuestion)).replace(/^/gm, '> ')}\n\n`;
}

const longestQuestion = 2_000;

function noticesOf(turns: readonly ExplanationTurn[]): readonly string[] {
  const notices = new Set(turns.flatMap(({ answer }) => answer.notices));
  return [...notices].map((notice) => `> ${safeMarkdown(fewWords(notice, 500))}`);
}

function linesOf(first: number, last: number): string {
  return first === last ? `line ${first + 1}` : `lines ${first + 1}-${last + 1}`;
}

/** The file's name, for people. */
export function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
