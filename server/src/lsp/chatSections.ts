/** A chat's document in sections: headings with a comment that names what they hold. Nobody but Gloss can write such a heading into an answer. */
import { createHash } from 'node:crypto';

/** A part of the document, from its heading to the next one. */
export interface ChatSection {
  /** Of an entry; with `.answer` for what Gloss said to it; empty for what stands above the first heading. */
  readonly id: string;
  /** The person wrote it: Gloss never changes it once it stands there. */
  readonly isTheirs: boolean;
  readonly text: string;
}

/** A section as it stands in the document. */
export interface FoundSection {
  readonly id: string;
  readonly start: number;
  /** Where the text below the heading starts. */
  readonly body: number;
  readonly end: number;
  /** Of the text as Gloss wrote it: another one means that the person has changed it. */
  readonly hash: string | undefined;
}

export interface FoundSections {
  /** What stands above the first heading of ours. */
  readonly head: FoundSection;
  readonly sections: readonly FoundSection[];
  /** Where the person writes, down to the end of the document; undefined when they have removed its heading. */
  readonly draft: FoundSection | undefined;
}

export const draftId = 'draft';
const headings = /^## (?:You|Gloss) <!-- gloss:([\w.-]{1,200})(?: ([0-9a-f]{12}))? -->[ \t]*(?:\r?\n|$)/gm;

export const draftHeading = `## You <!-- gloss:${draftId} -->`;

/** The sections of a document. Of headings that name the same the first counts; below the last `## You` everything is the person's. */
export function sectionsIn(text: string): FoundSections {
  const seen = new Set<string>();
  const found: { id: string; start: number; body: number; hash: string | undefined }[] = [];
  for (const { index, 0: heading, 1: id = '', 2: hash } of text.matchAll(headings)) {
    if (seen.has(id)) continue;
    seen.add(id);
    found.push({ id, start: index, body: index + heading.length, hash });
    if (id === draftId) break;
  }
  const whole = found.map((each, at) => ({ ...each, end: found[at + 1]?.start ?? text.length }));
  const draft = whole.at(-1)?.id === draftId ? whole.pop() : undefined;
  const end = found[0]?.start ?? text.length;
  return { head: { id: '', start: 0, body: 0, end, hash: undefined }, sections: whole, draft };
}

/** What the person asked. */
export function askedSection(id: string, text: string): ChatSection {
  const body = withoutMarks(text).replaceAll('\r\n', '\n').trim();
  return { id, isTheirs: true, text: `## You <!-- gloss:${id} ${hashOf(body)} -->\n\n${body}\n\n` };
}

/** What Gloss answered and did. Texts of others in it have gone through `withoutMarks`. */
export function answerSection(asked: string, body: string): ChatSection {
  const id = `${asked}.answer`;
  return {
    id,
    isTheirs: false,
    text: `## Gloss <!-- gloss:${id} -->\n\n${body.replace(/<!--(?=\s*gloss:)/gi, '<! --').trim()}\n\n`,
  };
}

/** What stands above all sections. */
export function headSection(text: string): ChatSection {
  return { id: '', isTheirs: false, text: `${withoutMarks(text).trim()}\n\n` };
}

/** The person has changed what they had asked. */
export function isEdited(section: FoundSection, document: string): boolean {
  return section.hash !== undefined && section.hash !== hashOf(bodyOf(section, document));
}

/** The text of a section, without the heading. */
export function bodyOf({ body, end }: FoundSection, document: string): string {
  return document.slice(body, end).replaceAll('\r\n', '\n').trim();
}

/** No text can pose as a heading of ours: neither an answer nor what somebody pasted (threats S25). */
export function withoutMarks(text: string): string {
  return text.replace(/<!--(?=\s*gloss)/gi, '<! --');
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 12);
}
