/**
 * What must change in a chat's document so that it shows the chat. What the person wrote stays, wherever they wrote it:
 * in their sections as it is; in ours beside what comes; where both are at the same place, below the last heading. Pure.
 */
import { changeBetween, changed, moved, type TextChange } from '../text/spans.ts';
import {
  bodyOf,
  type ChatSection,
  draftHeading,
  draftId,
  type FoundSection,
  type FoundSections,
  isEdited,
  sectionsIn,
} from './chatSections.ts';

export interface WantedDocument {
  /** The head first, in the order in which they stand. */
  readonly sections: readonly ChatSection[];
  /** What was sent lately: it goes from where it was written, if it still stands there as it was. */
  readonly sent: readonly SentText[];
  /** The person's words that come back below the last heading. */
  readonly back?: readonly string[];
}

export interface SentText {
  /** The section that it was written in: an id, or `draft`. */
  readonly from: string;
  readonly text: string;
}

/** What a section of ours said when Gloss last wrote it; undefined where it does not know. */
export type Written = (id: string, now: string) => string | undefined;

/** Changes in offsets of the text, in their order, none overlapping; none where all is as it should be. */
export function chatEdits(text: string, wanted: WantedDocument, written: Written): readonly TextChange[] {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const own = (part: string) => (lineEnd === '\n' ? part : part.replaceAll('\n', lineEnd));
  const found = sectionsIn(text);
  if (found.sections.length === 0 && found.draft === undefined && !isOurs(text, wanted, written)) {
    // Everything of a document without headings is the person's: it is moved below the last one.
    const whole = edited(
      '',
      chatEdits('', wanted, () => undefined),
    );
    return [{ start: 0, end: text.length, text: own(`${whole}${text.trim()}\n\n`) }];
  }
  const changes: TextChange[] = [];
  const strays: string[] = [...(wanted.back ?? [])];
  const known = new Map([found.head, ...found.sections].map((section) => [section.id, section]));
  let place = 0;
  for (const section of wanted.sections) {
    const at = known.get(section.id);
    if (at === undefined) insert(changes, place, own(apart(text, place) + section.text));
    else if (!section.isTheirs)
      changes.push(...updated(text, at, { ...section, text: own(section.text) }, { written, strays }));
    place = at?.end ?? place;
  }
  const ids = new Set(wanted.sections.map(({ id }) => id));
  for (const old of found.sections.filter(({ id }) => !ids.has(id)))
    changes.push(...withdrawn(text, old, { wanted, written, strays }));
  changes.push(
    ...draftChanges(text, found, { sent: wanted.sent, strays }).map((each) => ({ ...each, text: own(each.text) })),
  );
  return joined(changes);
}

function isOurs(text: string, { sections }: WantedDocument, written: Written): boolean {
  return text.trim() === '' || text === written('', text) || text.trim() === sections[0]?.text.trim();
}

interface Updating {
  readonly written: Written;
  readonly strays: string[];
}

/** A section of ours that stands there already, perhaps with something that the person wrote into it. */
function updated(
  text: string,
  { start, end }: FoundSection,
  section: ChatSection,
  { written, strays }: Updating,
): readonly TextChange[] {
  const now = text.slice(start, end);
  const shift = (change: TextChange | undefined) =>
    change === undefined ? [] : [{ start: change.start + start, end: change.end + start, text: change.text }];
  const base = written(section.id, now);
  const theirs = base === undefined ? undefined : changeFrom(base, now);
  const ours = changeFrom(base ?? now, section.text);
  if (theirs === undefined || ours === undefined) return shift(ours);
  const { span, touched } = moved(ours, theirs);
  if (theirs.text.trim() !== '' && !touched) return shift({ ...span, text: ours.text });
  // What was only removed, as by an undo, comes back.
  if (theirs.text.trim() !== '') keep(strays, wholeWords(now, theirs));
  return shift(changeFrom(now, section.text));
}

/** What was put in, with what of its first and last word looks like the text around it. */
function wholeWords(now: string, { start, text }: TextChange): string {
  const before = /\S*$/.exec(now.slice(0, start))?.[0] ?? '';
  const after = /^\S*/.exec(now.slice(start + text.length))?.[0] ?? '';
  return before + text + after;
}

/** Without the line end behind it, which says the same before and after: what is typed there is beside it. */
function changeFrom(before: string, after: string): TextChange | undefined {
  const change = changeBetween(before, after);
  const isSame =
    change?.text.endsWith('\n') && change.end > change.start && /(?<!\r)\n$/.test(before.slice(0, change.end));
  if (change === undefined || !isSame || /\r\n$/.test(change.text)) return change;
  return { start: change.start, end: change.end - 1, text: change.text.slice(0, -1) };
}

/** A section that is not on the way to the newest entry any more. A question that was changed and not sent is kept, and so is what was written into an answer. */
function withdrawn(
  text: string,
  section: FoundSection,
  { wanted, written, strays }: Updating & { readonly wanted: WantedDocument },
): readonly TextChange[] {
  const now = text.slice(section.start, section.end);
  const base = section.hash === undefined ? written(section.id, now) : undefined;
  const theirs = base === undefined ? undefined : changeFrom(base, now);
  if (theirs !== undefined) keep(strays, theirs.text.trim() === '' ? '' : wholeWords(now, theirs));
  const body = bodyOf(section, text);
  const isSent = wanted.sent.some(({ from, text: sent }) => from === section.id && sent.trim() === body);
  if (isEdited(section, text) && !isSent) keep(strays, body);
  return [{ start: section.start, end: section.end, text: '' }];
}

interface DraftWishes {
  readonly sent: readonly SentText[];
  readonly strays: readonly string[];
}

function draftChanges(text: string, { draft }: FoundSections, { sent, strays }: DraftWishes): readonly TextChange[] {
  const more = strays.map((stray) => `${stray.trim()}\n\n`).join('');
  if (draft === undefined)
    return [{ start: text.length, end: text.length, text: `${apart(text, text.length)}${draftHeading}\n\n${more}` }];
  const body = text.slice(draft.body, draft.end);
  const start = draft.body + (/^\s*/.exec(body)?.[0].length ?? 0);
  const end = draft.end - unsentOf({ from: draftId, text: body }, sent).length;
  const gone = end <= start ? [] : [{ start, end, text: '' }];
  if (more === '') return gone;
  return [...gone, { start: text.length, end: text.length, text: `${apart(text, text.length)}${more}` }];
}

/** What is left of a text behind what was sent of it, one after the other. */
export function unsentOf({ from, text }: SentText, sent: readonly SentText[]): string {
  return sent
    .filter((each) => each.from === from)
    .reduce((rest, each) => {
      const start = /^\s*/.exec(rest)?.[0].length ?? 0;
      const spelled = [each.text, each.text.replaceAll('\n', '\r\n')].find((words) => rest.startsWith(words, start));
      return spelled === undefined ? rest : rest.slice(start + spelled.length);
    }, text);
}

function keep(strays: string[], text: string): void {
  if (text.trim() !== '') strays.push(text);
}

/** A heading needs a line of its own. */
function apart(text: string, at: number): string {
  if (at === 0 || text.startsWith('\n\n', at - 2) || text.startsWith('\r\n\r\n', at - 4)) return '';
  return text.charAt(at - 1) === '\n' ? '\n' : '\n\n';
}

function insert(changes: TextChange[], at: number, text: string): void {
  changes.push({ start: at, end: at, text });
}

/** In their order; those that meet at one place are one. */
function joined(changes: readonly TextChange[]): readonly TextChange[] {
  const sorted = changes.map((change, index) => ({ change, index }));
  sorted.sort((a, b) => a.change.start - b.change.start || a.change.end - b.change.end || a.index - b.index);
  const result: TextChange[] = [];
  for (const { change } of sorted) {
    const last = result.at(-1);
    if (last !== undefined && last.end >= change.start) {
      result[result.length - 1] = {
        start: last.start,
        end: Math.max(last.end, change.end),
        text: last.text + change.text,
      };
    } else result.push(change);
  }
  return result.filter(({ start, end, text }) => start !== end || text !== '');
}

/** The text after changes that do not overlap, in their order. */
export function edited(text: string, changes: readonly TextChange[]): string {
  return changes.toReversed().reduce(changed, text);
}
