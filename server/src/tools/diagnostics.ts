/** The tool `diagnostics`: the problems that the editor shows. */
import * as z from 'zod';
import { type DocumentProblems, Refusal } from '../ports.ts';
import { problemLine } from '../text/problemLine.ts';
import { defineTool, type ToolAnswer, type ToolContext } from '../tool.ts';
import { meantBy, shownPath } from './paths.ts';
import { looking, mayLeave, orFailed, plural, sourceOf } from './reading.ts';

const mostProblems = 200;
/** UTF-16 code units. */
const longestProblem = 1_000;

const Input = z.strictObject({
  path: z.string().max(4_096).optional().describe('A file; all of the workspace when absent.'),
});
type Input = z.infer<typeof Input>;

export const diagnostics = defineTool<Input>({
  name: 'diagnostics',
  effect: 'reads',
  description:
    'Lists the errors and warnings that the editor shows, of one file or of all that it knows, the worst first. It runs no checks: files that the editor has never looked at have none. After an edit the editor may need a moment to look again.',
  input: Input,
  async effective(context, { path }) {
    if (path === undefined) return looking('diagnostics', 'Look at the problems of the workspace');
    const meant = await meantBy(context, path);
    if ('impossible' in meant) return meant;
    return looking('diagnostics', `Look at the problems of ${meant.shown}`, {
      facts: [{ name: 'File', value: meant.shown }],
      subjects: [meant.shown],
    });
  },
  run: (context, { path }) =>
    orFailed(async () => {
      const found = path === undefined ? await inAll(context) : await inFile(context, path);
      return answerOf(context, found);
    }),
});

async function inAll({ providers }: ToolContext): Promise<readonly DocumentProblems[]> {
  const all = await providers.allProblems();
  if (all === undefined) throw new Refusal('This editor cannot be asked for the problems of all files. Name a file.');
  return all;
}

async function inFile(context: ToolContext, path: string): Promise<readonly DocumentProblems[]> {
  const meant = await meantBy(context, path);
  if ('impossible' in meant) throw new Refusal(meant.impossible);
  const { uri, shown } = meant;
  if (!(await mayLeave(context, uri))) throw new Refusal(`${shown} stays on this machine. Go on without it.`);
  const all = await context.providers.allProblems();
  if (all !== undefined) return all.filter((each) => each.uri === uri);
  const everywhere = { start: { line: 0, character: 0 }, end: { line: 2 ** 31 - 1, character: 0 } };
  const problems = await context.providers.problems(uri, everywhere);
  if (problems.length > 0) return [{ uri, problems }];
  throw new Refusal(`This editor tells of no problems in ${shown}: there are none, or it cannot be asked.`);
}

async function answerOf(context: ToolContext, found: readonly DocumentProblems[]): Promise<ToolAnswer> {
  const shown: DocumentProblems[] = [];
  for (const each of found) if (each.problems.length > 0 && (await mayLeave(context, each.uri))) shown.push(each);
  const all = shown
    .flatMap(({ uri, problems }) => problems.map((problem) => ({ uri, problem })))
    .sort((one, other) => (one.problem.severity ?? 1) - (other.problem.severity ?? 1));
  if (all.length === 0) return { text: 'The editor shows no problems.', isData: false };
  const chosen = all.slice(0, mostProblems);
  const lines = [...Map.groupBy(chosen, ({ uri }) => uri)].flatMap(([uri, problems]) => [
    shownPath(context.files, uri),
    ...problems.map(({ problem }) => `  ${problemLine(problem, longestProblem)}`),
  ]);
  const more = all.length > chosen.length ? ` The worst ${chosen.length} are shown.` : '';
  const head = `${plural(all.length, 'problem')} in ${plural(shown.length, 'file')}.${more}`;
  const { text, replaced } = await context.outgoing.clean([head, ...lines].join('\n'));
  const sources = chosen.map(({ uri, problem: { range } }) =>
    sourceOf(uri, range.start.line, range.end.line, 'problems'),
  );
  return { text, isData: true, sources, replaced };
}
