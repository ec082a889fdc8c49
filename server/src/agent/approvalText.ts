/** What a person reads before they approve: plain text in which nothing hides, and two calls never look the same (threats S17). */
import { escapeOf } from '#shared/invisible.ts';
import type { ApprovalRequest, Fact } from '../ports.ts';
import type { Effective } from '../tool.ts';

/** What is shown of a request. */
type Shown = Pick<ApprovalRequest, 'title' | 'facts' | 'because'>;

/** All of a call, whole. Another call has another text. */
export function approvalText(effective: Effective): string {
  return laidOut({ ...shownOf(effective), because: effective.mustAsk.map(inLine) });
}

/** Title and facts as they may be shown: hidden characters written out, blanks counted, the lines of a value kept. */
export function shownOf(effective: Effective): Pick<Shown, 'title' | 'facts'> {
  const { tool, effect, subjects, isRememberable, isReviewed } = effective;
  const facts = effective.facts.map(({ name, value, inShort }) => ({
    ...{ name: nameOf(name), value: inLines(value) },
    ...(inShort === undefined ? {} : { inShort: inLine(inShort) }),
  }));
  const own: readonly Fact[] = [
    { name: 'Tool', value: inLine(tool) },
    { name: 'Effect', value: inLine(effect) },
    ...(isReviewed === undefined ? [] : [{ name: 'Waits in the editor', value: isReviewed ? 'yes' : 'no' }]),
    {
      name: `Rules look at ${subjects.length} ${subjects.length === 1 ? 'value' : 'values'}`,
      value: subjects.map(inLine).join('\n'),
    },
    { name: 'Your answer', value: isRememberable ? 'may count for this session' : 'counts once' },
  ];
  return { title: inLine(effective.title), facts: [...facts, ...own] };
}

/** A request as plain text, for surfaces that show no more than that. It has been made visible before. */
export function laidOut({ title, facts, because }: Shown): string {
  const reasons = because.map((reason) => `- ${reason}`);
  return [title, facts.map(factLines).join('\n'), ...(reasons.length > 0 ? [reasons.join('\n')] : [])].join('\n\n');
}

/** The same with one line for what Gloss sets itself, the same for every call, where all of it can be opened. */
export function foldedText({ facts, ...rest }: Shown): string {
  return laidOut({ ...rest, facts: facts.map(({ name, value, inShort }) => ({ name, value: inShort ?? value })) });
}

/**
 * The same in a few words, for a message beside a surface that shows all of it: every value that is the call's own and
 * stands not in the title, whole; not those that are the same for each call.
 */
export function inBrief({ title, facts, because }: Shown): string {
  const telling = facts.filter(
    ({ name, value, inShort }) =>
      inShort === undefined &&
      !/^(?:Tool|Effect|Waits in the editor|Rules look at .*|Your answer|Argument \d+|Variables|Stopped after)$/.test(
        name,
      ) &&
      !title.endsWith(` ${value}`),
  );
  const values = telling.map(({ name, value }) => `${name}: ${value.split('\n').join(', ')}`).join('; ');
  return [`${title}${values === '' ? '' : ` (${values})`}.`, ...because].join(' ');
}

/** Only lines of a value begin with a blank. */
function factLines({ name, value }: Fact): string {
  if (!value.includes('\n')) return `${name}: ${value}`;
  return [`${name}:`, ...value.split('\n').map((line) => `  | ${line}`)].join('\n');
}

function nameOf(name: string): string {
  return inLine(name).replaceAll(':', escapeOf);
}

/** In one line. */
export function inLine(text: string): string {
  return counted(visible(text), 0).replaceAll('\n', escapeOf);
}

/** Indentation of several lines stays, as far as it cannot push anything out of sight. */
function inLines(text: string): string {
  const lines = counted(visible(text), text.includes('\n') ? widestIndentation : 0);
  return lines.replace(/(?<=^|\n)\n{3,}/g, (run) => `⟨${run.length} empty lines⟩\n`);
}

const widestIndentation = 40;

/** A `⟨` of the text is an escape as well, so that every text can be told from the escapes of another. */
function visible(text: string): string {
  const shown = text.replace(unseen, escapeOf);
  return text === text.normalize('NFC') ? shown : shown.replace(composable, escapedUnlessComposed);
}

const unseen = /[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800⟨]--[\n ]]/gv;

/** Two texts that are canonically equal look the same: what is not composed is written out. */
const composable = /[\p{M}\u1100-\u11ff]|[^\0-\x7f]/gu;
const joined = /^[\p{M}\u1100-\u11ff]$/u;

function escapedUnlessComposed(character: string): string {
  return joined.test(character) || character !== character.normalize('NFC') ? escapeOf(character) : character;
}

/** Blanks in a row, and at the ends of lines. */
function counted(text: string, indentation: number): string {
  return text.replace(/ +/g, (run, offset: number) => {
    const [before = '\n', after = '\n'] = [text[offset - 1], text[offset + run.length]];
    const isShort = before === '\n' ? run.length <= indentation : run.length === 1;
    return isShort && after !== '\n' ? run : `⟨${run.length} ${run.length === 1 ? 'blank' : 'blanks'}⟩`;
  });
}
