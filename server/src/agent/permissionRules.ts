/** Which of the person's rules fit a call: those that forbid fit widely, those that allow fit to the letter (threats S13, S18). */
import type { PermissionRule } from '#shared/settings.ts';
import { globOf } from '../text/glob.ts';
import { foldedPath, foldedText, longestPath, spellingsOf } from '../text/spellings.ts';
import type { Effective } from '../tool.ts';

/** What rules are held against. */
type Judged = Pick<Effective, 'tool' | 'effect' | 'subjects' | 'isRememberable'>;

/** Rules of a decision that concern any part of the call, however that is spelled. */
export function forbidding(
  rules: readonly PermissionRule[],
  judged: Judged,
  decision: 'ask' | 'refuse',
): readonly PermissionRule[] {
  const fitting = rules.filter((rule) => rule.decision === decision && isFor(rule, judged.tool));
  if (fitting.every(({ match }) => match === undefined)) return fitting;
  // What a change does not name might be what the rule is about.
  if (judged.subjects.length === 0 && judged.effect !== 'reads') return fitting;
  const concerns = judged.effect === 'runs' ? commandConcerns(judged.subjects) : pathConcerns(judged.subjects);
  return fitting.filter(({ match }) => match === undefined || concerns(match));
}

/** Whether a rule that asks or refuses is for a tool, whatever the call. */
export function isFor({ tool }: PermissionRule, name: string): boolean {
  return tool === '*' || foldedText(tool) === foldedText(name);
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

/** Also of what is below a folder that it names. A path or a glob that cannot be read might mean any. */
function pathConcerns(subjects: readonly string[]): (match: string) => boolean {
  if (subjects.some((subject) => subject.length > longestPath)) return () => true;
  const paths = [...new Set(subjects.flatMap(spellingsOf))].map((path) => path.slice(1));
  return (match) => {
    const folded = foldedText(match);
    // Who writes a backslash may mean the end of a folder's name.
    const patterns = [...new Set([folded, folded.replaceAll('\\', '/')])].map(anywhere);
    const globs = patterns.flatMap((pattern) => [pattern, `${pattern}/**`]).map(globOf);
    return globs.some((glob) => glob === undefined || paths.some((path) => glob(path)));
  };
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

/** The words of the rule are somewhere among those of the command, one after the other; a program may be named by its path. */
function commandConcerns(subjects: readonly string[]): (match: string) => boolean {
  const text = subjects.join(' ');
  if (text.length > longestPath) return () => true;
  const words = looseWords(text);
  const programs = words.map(programOf);
  const whole = ` ${words.join(' ')} `;
  // A blank at both ends, so that only whole words are found.
  const tails = words.map((_, at) => ` ${words.slice(at + 1).join(' ')} `);
  return (match) => {
    const [first, ...rest] = looseWords(match);
    const wanted = rest.length === 0 ? ' ' : ` ${rest.join(' ')} `;
    if (first === undefined) return true;
    // Looked for in one go first: many long rules would take long otherwise.
    if (!whole.includes(wanted)) return false;
    return words.some((word, at) => (word === first || programs[at] === first) && (tails[at] ?? '').startsWith(wanted));
  };
}

function looseWords(text: string): readonly string[] {
  return foldedText(text)
    .split(/[\s;&|()<>{}$`"'\\,=]+/)
    .filter((word) => word !== '');
}

/** Its last name, without the ending that Windows may leave out. */
function programOf(word: string): string {
  return (foldedPath(word).split('/').at(-1) ?? '').replace(/\.(?:exe|cmd|bat|com|ps1)$/, '');
}
