/** How the demo's side of a chat ends: what was done or found, with the places, and that no model is running. */
import { factsOf } from '../facts.ts';
import { bullets, code, counted, disclaimer, joined, listed } from '../wording.ts';
import { editFor } from './edits.ts';
import { languageOf } from './places.ts';
import { type Done, editTool, type ReadFile, type Story } from './story.ts';

/** What the files declare. */
export function explanation({ files, done }: Story): string {
  const notFound = done
    .filter(({ name, isError }) => name === 'read' && isError)
    .map(({ input }) => code(String(input['path'])));
  const parts = [
    files.length === 0 ? 'The rules found no file here that they can read.' : bullets(files.map(described)),
    notFound.length === 0 ? '' : `${joined(notFound)} could not be read.`,
    disclaimer,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function described(file: ReadFile): string {
  const { path, lines, firstLine } = file;
  const facts = factsOf({
    text: lines.join('\n'),
    firstLine: firstLine + 1,
    language: languageOf(path),
    level: 'normal',
    question: undefined,
  });
  const outermost = facts.parts.filter(({ depth }) => depth === 0);
  const said = outermost.map(({ noun, name, firstLine: line }) => `the ${noun} ${code(name)} (${place(path, line)})`);
  const what = said.length === 0 ? 'declares no function or type' : `declares ${listed(said, 6)}`;
  return `${place(path, firstLine + 1)}, ${counted(lines.length, 'line')}: ${what}.`;
}

/** Markdown: what would be done, where nothing may be changed. */
export function plan(story: Story): string {
  const edits = story.files.flatMap((file) => editFor(file, story.wish) ?? []);
  const steps = edits.map(({ path, line, text }, at) => `${at + 1}. ${place(path, line)}: ${text}`);
  return [
    '## Plan',
    `**Goal:** ${story.wish.split('\n')[0] ?? ''}`,
    steps.length === 0 ? 'The rules find nothing to change in what they read.' : `**Steps**\n\n${steps.join('\n')}`,
    `**Check:** ${code('git status --short')} lists the changed files.`,
    '**Open:** nothing was changed yet.',
    disclaimer,
  ].join('\n\n');
}

/** What became of everything that was tried. */
export function summary(story: Story): string {
  const { done, rejections } = story;
  const edits = done.filter(({ name }) => name === editTool);
  const [made, failed] = [edits.filter(({ isError }) => !isError), edits.filter(({ isError }) => isError)];
  const run = done.findLast(({ name }) => name === 'run');
  const lines = [
    ...made.map((one) => `${placeOf(one)}: ${firstLineOf(one.text)}`),
    ...failed
      .filter((one) => !made.some((other) => samePath(one, other)))
      .map((one) => `${placeOf(one)}: not made. ${firstLineOf(one.text)}`),
  ];
  const told = [
    rejections.length === 0
      ? ''
      : `You rejected something before, so it is not done again: ${code(rejections[0] ?? '')}`,
    lines.length === 0 ? 'The rules find nothing to change here.' : bullets([...new Set(lines)]),
    run === undefined
      ? ''
      : `${code(String(run.input['command']))}${run.isError ? ' did not run' : ''}: ${code(firstLineOf(run.text))}`,
    disclaimer,
  ];
  return told.filter((part) => part !== '').join('\n\n');
}

function samePath(one: Done, other: Done): boolean {
  return one.input['path'] === other.input['path'];
}

/** The lines that the editor names; else the file alone. */
function placeOf({ input, text }: Done): string {
  const line = /\blines? (\d+)/.exec(text)?.[1];
  return place(String(input['path']), line === undefined ? 1 : Number(line));
}

function place(path: string, line: number): string {
  return code(`${path}:${line}`);
}

function firstLineOf(text: string): string {
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 160);
}
