/** Which of the person's rules fit a call: those that forbid fit widely, those that allow fit to the letter (threats S13, S18). */
import type { PermissionRule } from '#shared/settings.ts';
import { globOf } from '../text/glob.ts';
import { foldedPath, foldedText, longestPath, spellingsOf } from '../text/spellings.ts';
import type { Effective } from '../tool.ts';

/** What rules are held against. */
type Judged = Pick<Effective, 'tool' | 'effect' | 'subjects' | 'isRememberable'>;

/** Whether a rule that asks or refuses concerns any part of the call, however that is spelled. */
export function forbids(rule: PermissionRule, judged: Judged): boolean {
  if (rule.tool !== '*' && foldedText(rule.tool) !== foldedText(judged.tool)) return false;
  const { match } = rule;
  // What a change does not name might be what the rule is about.
  if (match === undefined || (judged.subjects.length === 0 && judged.effect !== 'reads')) return true;
  return judged.effect === 'runs'
    ? commandConcerns(match, judged.subjects)
    : judged.subjects.some((subject) => pathConcerns(match, subject));
}

/** Whether a rule that allows names the whole call. One for all tools would be no rule, and a command needs its words. */
export function allows(rule: PermissionRule, judged: Judged): boolean {
  if (rule.tool !== judged.tool) return false;
  const { match } = rule;
  if (judged.effect === 'runs')
    return match !== undefined && judged.isRememberable && isCommand(match, judged.subjects);
  if (match === undefined) return true;
  return judged.subjects.length > 0 && judged.subjects.every((subject) => isPath(match, subject));
}

/** As a person would name it: "refuse run: git push". */
export function nameOf({ decision, tool, match }: PermissionRule): string {
  const call = tool === '*' ? 'any tool' : tool;
  return match === undefined ? `${decision} ${call}` : `${decision} ${call}: ${match}`;
}

/** The glob as it stands: a path that is spelled in a strange way fits none. */
function isPath(match: string, subject: string): boolean {
  if (subject.length > longestPath || /\\|%[0-9a-f]{2}|(?:^|\/)\.{0,2}(?:\/|$)|\p{C}/iu.test(subject)) return false;
  return globOf(anywhere(match.normalize('NFC')))?.(subject.normalize('NFC')) === true;
}

/** Also of what is below a folder that it names. A glob that cannot be read might mean any path. */
function pathConcerns(match: string, subject: string): boolean {
  const folded = foldedText(match);
  // Who writes `\\` may mean a folder's end.
  const patterns = [folded, folded.replaceAll('\\', '/')].map(anywhere);
  const globs = [...patterns, ...patterns.map((pattern) => `${pattern}/**`)].map(globOf);
  if (subject.length > longestPath || globs.includes(undefined)) return true;
  const paths = spellingsOf(subject).map((path) => path.slice(1));
  return globs.some((glob) => paths.some((path) => glob?.(path)));
}

/** A glob without a `/` before its end names files and folders wherever they are; one with it at its end, all below. */
function anywhere(match: string): string {
  const whole = match.endsWith('/') ? `${match}**` : match;
  const below = whole.replace(/^\.?\/+/, '');
  return below !== whole || /\/(?!\*\*$)/.test(whole) ? below : `**/${below}`;
}

/** The words of the rule are the program and all of its arguments. */
function isCommand(match: string, subjects: readonly string[]): boolean {
  const words = wordsOf(match);
  if (words === undefined || words.length === 0) return false;
  return words.length === subjects.length && words.every((word, at) => word === subjects[at]);
}

/** Split at blanks; quotes keep blanks together, and nothing else means anything. Undefined when a quote is not closed. */
function wordsOf(text: string): readonly string[] | undefined {
  const words = [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+|(["'])/g)];
  if (words.some(([, open]) => open !== undefined)) return undefined;
  return words.map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** The words of the rule are somewhere among those of the command, one after the other. */
function commandConcerns(match: string, subjects: readonly string[]): boolean {
  const wanted = looseWords(match);
  const words = subjects.flatMap(looseWords);
  return words.some((_, start) => wanted.every((word, at) => isSameWord(word, words[start + at])));
}

function looseWords(text: string): readonly string[] {
  return foldedText(text)
    .split(/[\s;&|()<>{}$`"'\\,=]+/)
    .filter((word) => word !== '');
}

/** A program may be named by its path. */
function isSameWord(wanted: string, word: string | undefined): boolean {
  if (word === undefined || word === wanted) return word === wanted;
  const base = foldedPath(word).split('/').at(-1) ?? '';
  return base === wanted || base.replace(/\.(?:exe|cmd|bat|com|ps1)$/, '') === wanted;
}
