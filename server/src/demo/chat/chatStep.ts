/**
 * The demo's side of a chat: looks around, reads, edits several files, runs a command, and sums up, on any workspace and
 * from rules. Each step follows from what the request says has happened.
 */
import type { MessagesBody, Tool } from '../body.ts';
import { exampleOf } from '../schemaExample.ts';
import { code, disclaimer, joined } from '../wording.ts';
import { callInputs, editFor, type FileEdit } from './edits.ts';
import { chosenFiles, codeGlob, searchedWord, wantsEdit } from './places.ts';
import { type Done, editTool, type Story, storyOf } from './story.ts';
import { explanation, plan, summary } from './words.ts';

export interface ChatStep {
  readonly thinking: string;
  readonly text: string;
  readonly calls: readonly Call[];
}

interface Call {
  readonly name: string;
  readonly input: unknown;
}

/** Undefined where the request is no chat. */
export function chatStep(body: MessagesBody): ChatStep | undefined {
  const { tool_choice: choice } = body;
  if (choice !== undefined && choice.type !== 'auto') return undefined;
  const story = storyOf(body);
  if (story === undefined || namesTool(story)) return undefined;
  const step = nextStep(story);
  return choice?.disable_parallel_tool_use === true ? { ...step, calls: step.calls.slice(0, 1) } : step;
}

/** Who names a tool wants to see just that: the plain loop does it. */
function namesTool({ wish, tools }: Story): boolean {
  return /^\s*(?:please\s+)?(?:use|call)\b/i.test(wish) && [...tools.keys()].some((name) => wish.includes(name));
}

function nextStep(story: Story): ChatStep {
  const { wish, done, isPlan, tools } = story;
  if (!/[\p{L}\p{N}]/u.test(wish) || wish === 'See what goes along.') {
    if (tools.has('ask') && count(done, 'ask') === 0)
      return step('There is no question yet.', '', [call(story, 'ask', question)]);
    return step('Nothing was asked.', `There is nothing to do. ${disclaimer}`);
  }
  const changes = wantsEdit(wish) && !isPlan && tools.has(editTool);
  const looked = done.some(({ name }) => name === 'list' || name === 'glob');
  if (!looked && (tools.has('list') || tools.has('glob'))) return lookAround(story, changes);
  const unread = chosenFiles(story).filter(
    (path) => !done.some((one) => one.name === 'read' && one.input['path'] === path),
  );
  if (unread.length > 0) return reading(story, unread);
  if (!changes) return step('All is read.', isPlan && wantsEdit(wish) ? plan(story) : explanation(story));
  return working(story);
}

const question = {
  question: 'What should be done?',
  choices: ['Tidy up three files', 'Explain what is here'],
};

function lookAround(story: Story, changes: boolean): ChatStep {
  return step('First what there is.', `I look around first. ${disclaimer}`, [
    ...(changes ? todo(story, 0) : []),
    ...called(story, 'list', { path: '.' }),
    ...called(story, 'glob', { glob: codeGlob, pattern: codeGlob }),
    ...searches(story),
  ]);
}

function searches(story: Story): readonly Call[] {
  const word = searchedWord(story.wish);
  return word === undefined ? [] : called(story, 'search', { pattern: word, query: word, text: word });
}

function reading(story: Story, paths: readonly string[]): ChatStep {
  return step(
    `Then ${paths.join(', ')}.`,
    `${joined(paths.map(code))}: read next.`,
    paths.map((path) => call(story, 'read', { path })),
  );
}

/** Edits, then what failed once more, then a command, then the end. */
function working(story: Story): ChatStep {
  const { done } = story;
  const edits = done.filter(({ name }) => name === editTool);
  if (edits.length === 0) {
    const planned = wantedEdits(story);
    if (planned.length > 0) return editing(story, planned);
  }
  const lost = edits.filter(
    (one, at) => isLost(one) && !edits.slice(at + 1).some((other) => pathOf(other) === pathOf(one)),
  );
  const again = lost
    .map(pathOf)
    .filter((path) => edits.filter((one) => pathOf(one) === path && isLost(one)).length < 2);
  if (again.length > 0) return onceMore(story, [...new Set(again)]);
  const command = nextCommand(story, edits);
  if (command !== undefined) {
    const calls = [...todo(story, 2), call(story, 'run', { command })];
    return step('Now the check.', `${code(command)} shows how things stand.`, calls);
  }
  const open = todo(story, 3);
  const isMarked = done.findLast(({ name }) => name === 'todo')?.input['items'];
  if (open.length > 0 && JSON.stringify(isMarked) !== JSON.stringify(items(3))) return step('', '', open);
  return step('Everything is done that the rules can do.', summary(story));
}

/** What the person rejected is not done again. */
function wantedEdits(story: Story): readonly FileEdit[] {
  const { files, wish, rejections } = story;
  return files
    .filter(({ path }) => wish.includes(path) || !rejections.some((line) => line.includes(path)))
    .flatMap((file) => editFor(file, wish) ?? []);
}

function editing(story: Story, edits: readonly FileEdit[]): ChatStep {
  const several = takesSeveral(story.tools.get(editTool));
  const calls = edits.flatMap((edit) => callInputs(edit, several).map((input) => ({ name: editTool, input })));
  return step(
    `${edits.length} files have something to do.`,
    edits.map(({ path, text }) => `${code(path)}: ${text}`).join(' '),
    [...todo(story, 1), ...calls],
  );
}

function takesSeveral(tool: Tool | undefined): boolean {
  return Object.hasOwn(propertiesOf(tool), 'edits');
}

/** A file whose text was not as it was thought is read again, and what it then needs is done. */
function onceMore(story: Story, paths: readonly string[]): ChatStep {
  const last = story.done.findLastIndex((one) => one.name === editTool && isLost(one));
  const isRead = paths.every(
    (path) => story.done.findLastIndex((one) => one.name === 'read' && one.input['path'] === path) > last,
  );
  if (!isRead) return reading(story, paths);
  const edits = wantedEdits({ ...story, files: story.files.filter(({ path }) => paths.includes(path)) });
  return edits.length > 0 ? editing(story, edits) : step('Nothing is left to do there.', summary(story));
}

/** Harmless everywhere; the second one for folders that are no repository. */
const commands = ['git status --short', 'node --version'];

function nextCommand({ tools, done, wish }: Story, edits: readonly Done[]): string | undefined {
  const runs = done.filter(({ name }) => name === 'run');
  const [last] = runs.slice(-1);
  if (!tools.has('run') || edits.length === 0 || /\b(?:don't|do not|without) run/i.test(wish)) return undefined;
  if (last === undefined) return commands[0];
  const hasFailed = /Exit code [1-9]|could not be started/.test(last.text);
  return hasFailed && runs.length < commands.length ? commands[runs.length] : undefined;
}

function pathOf({ input }: Done): string {
  return String(input['path']);
}

/** The text was not there, or not once: not what the person or the editor refused. */
function isLost({ isError, text }: Done): boolean {
  return isError && !/does not want this/.test(text) && lost.test(text);
}

const lost =
  /not (?:be )?found|no match|does not (?:stand|appear|match)|nowhere|several|more than once|\btimes\b|has changed/i;

function count(done: readonly Done[], tool: string): number {
  return done.filter(({ name }) => name === tool).length;
}

function todo(story: Story, at: number): readonly Call[] {
  return story.tools.has('todo') ? [{ name: 'todo', input: { items: items(at) } }] : [];
}

/** Those before `at` are done. */
function items(at: number): readonly { readonly text: string; readonly state: string }[] {
  const texts = ['Look at the files', 'Edit them', 'Check with a command'];
  return texts.map((text, index) => ({ text, state: index < at ? 'done' : index === at ? 'doing' : 'open' }));
}

function called(story: Story, name: string, known: Readonly<Record<string, unknown>>): readonly Call[] {
  return story.tools.has(name) ? [call(story, name, known)] : [];
}

/** Those of the known values that the tool has fields for, and examples for whatever else it needs. */
function call({ tools }: Story, name: string, known: Readonly<Record<string, unknown>>): Call {
  const schema = tools.get(name)?.input_schema;
  const properties = propertiesOf(tools.get(name));
  const given = Object.entries(known).filter(([field]) => Object.hasOwn(properties, field));
  const needed = exampleOf(schema);
  return { name, input: { ...(typeof needed === 'object' ? needed : {}), ...Object.fromEntries(given) } };
}

function propertiesOf(tool: Tool | undefined): object {
  const schema = tool?.input_schema;
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return {};
  return typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : {};
}

function step(thinking: string, text: string, calls: readonly Call[] = []): ChatStep {
  return { thinking, text, calls };
}
