/** The commands about explanations for any LSP client. Only explaining and annotating ask a model. */
import type { WorkDoneProgressReporter } from 'vscode-languageserver/node';
import * as z from 'zod';
import { citeBy } from '#shared/citations.ts';
import { ExplainCommand, type Explanation } from '#shared/explain.ts';
import {
  type Annotated,
  AnnotateTarget,
  dismissExplanationsRequest,
  exportExplanationsRequest,
  readExplanationRequest,
  type ShownExplanation,
} from '#shared/explanations.ts';
import { type Context, Refusal, type World } from '../ports.ts';
import type { ShowExplanation } from './showExplanation.ts';

export interface ExplainCommandParts {
  readonly world: World;
  readonly show: ShowExplanation;
}

export interface Reporting {
  readonly signal: AbortSignal;
  /** The client's progress, or one that is made for it. Ask for it when the work begins. */
  progress(): Promise<WorkDoneProgressReporter>;
}

export async function explainByCommand(
  { world, show }: ExplainCommandParts,
  given: unknown,
  { signal, progress }: Reporting,
): Promise<Explanation> {
  const [params] = z.tuple([ExplainCommand]).parse(given);
  const context: Context = { ...world, signal };
  refuseUnasked(context, params.uri);
  return reported(await progress(), 'Explaining', async (report) => {
    const { runExplain } = await import('../features/explain/run.ts');
    let characters = 0;
    const explanation = await runExplain(context, params, ({ text }) => {
      characters += text.length;
      report(`${characters} characters`);
    });
    const shown = await show.read(explanation.id);
    if (shown !== undefined) await show.open(explanation.id, shown, false);
    return drawn(explanation, params.uri);
  });
}

export async function annotateByCommand(
  { world }: ExplainCommandParts,
  given: unknown,
  { signal, progress }: Reporting,
): Promise<Annotated> {
  const [params] = z.tuple([AnnotateTarget]).parse(given);
  const context: Context = { ...world, signal };
  refuseUnasked(context, params.uri);
  return reported(await progress(), 'Annotating', async () => {
    const { runAnnotate } = await import('../features/explain/notes.ts');
    return runAnnotate(context, params);
  });
}

export async function showByCommand({ show }: ExplainCommandParts, given: unknown): Promise<ShownExplanation> {
  const [{ id }] = z.tuple([readExplanationRequest.params]).parse(given);
  const shown = await show.read(id);
  if (shown === undefined) throw new Refusal('There is no such explanation (any more).', 'noExplanation');
  await show.open(id, shown, true);
  return shown;
}

export async function dismissByCommand({ world, show }: ExplainCommandParts, given: unknown): Promise<unknown> {
  const [{ ids }] = z.tuple([dismissExplanationsRequest.params]).parse(given);
  const dismissed = await world.explanations.dismiss(ids);
  await show.forget(ids);
  return { dismissed };
}

/** Whoever calls a command shows its answer as it is: marks of citations would be riddles there. */
async function drawn(explanation: Explanation, uri: string): Promise<Explanation> {
  const { safeMarkdown } = await import('#shared/markdown.ts');
  const { markdown, citations } = explanation;
  return { ...explanation, markdown: safeMarkdown(markdown, citeBy(citations, uri)) };
}

/** Opened where the editor can open a document: a text of many pages is no use as an answer alone. */
export async function exportByCommand(
  { world, show }: ExplainCommandParts,
  given: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const [params] = z.tuple([exportExplanationsRequest.params.default({})]).parse(given);
  const { exportedExplanations } = await import('./explanationExport.ts');
  const exported = await exportedExplanations({ ...world, signal }, params.uri);
  if (exported.count > 0) await show.openText('all', exported.markdown);
  return exported;
}

/** Valid arguments act as the person's click, except where the editor said that the folder is not trusted (product decision 10.5). */
function refuseUnasked(context: Context, uri: string): void {
  if (context.trust() === 'restricted')
    throw new Refusal(
      'This workspace is not trusted, so commands from elsewhere are off. Trust it, or use Explain Here.',
      'restricted',
    );
  if (context.documents.get(uri) === undefined && context.files.place(uri) === undefined)
    throw new Refusal('That document is neither open nor in the workspace.', 'notOpen');
}

async function reported<Result>(
  reporter: WorkDoneProgressReporter,
  title: string,
  deed: (report: (message: string) => void) => Promise<Result>,
): Promise<Result> {
  reporter.begin(title, undefined, undefined, true);
  try {
    return await deed((message) => reporter.report(message));
  } finally {
    reporter.done();
  }
}
