/** `workspace/executeCommand`: arguments come from anywhere, so what is not exactly right has no effect (threats S36). */
import type {
  ClientCapabilities,
  Connection,
  ExecuteCommandParams,
  WorkDoneProgressReporter,
} from 'vscode-languageserver/node';
import * as z from 'zod';
import { serverCommands } from '#shared/commands.ts';
import type { ConnectionReport } from '#shared/connection.ts';
import { EditTarget } from '#shared/edits.ts';
import { ExplainTarget, type Explanation } from '#shared/explain.ts';
import type { GlossCapabilities } from '#shared/initialization.ts';
import { Uri } from '#shared/place.ts';
import { type Context, Refusal, type World } from '../ports.ts';
import { answering } from './answering.ts';
import type { ShowExplanation } from './showExplanation.ts';

export interface CommandParts {
  readonly connection: Connection;
  readonly client: ClientCapabilities;
  readonly gloss: GlossCapabilities;
  /** The ids that this client may use. */
  readonly offered: readonly string[];
  readonly world: World;
  receipt(uri: string | undefined): Promise<{ readonly uri: string; readonly text: string } | undefined>;
  check(signal: AbortSignal): Promise<ConnectionReport>;
  startDemo(): Promise<{ running: boolean }>;
  /** Shows an explanation in an editor that has no place of its own for it. */
  readonly show: ShowExplanation | undefined;
}

export function addCommands(parts: CommandParts): void {
  parts.connection.onExecuteCommand((params, token, progress) =>
    answering(token, parts.world.log, (signal) => run(parts, params, { signal, progress })),
  );
}

interface Running {
  readonly signal: AbortSignal;
  readonly progress: WorkDoneProgressReporter;
}

async function run(
  parts: CommandParts,
  { command, arguments: given = [] }: ExecuteCommandParams,
  running: Running,
): Promise<unknown> {
  if (!parts.offered.includes(command))
    throw new Refusal(`There is no command ${JSON.stringify(command).slice(0, 100)}.`, 'command');
  switch (command) {
    case serverCommands.explain:
      return explainByCommand(parts, z.tuple([ExplainTarget]).parse(given)[0], running);
    case serverCommands.edit: {
      const [target] = z.tuple([EditTarget]).parse(given);
      const progress = await progressFor(parts, running.progress);
      return (await import('./editRequests.ts')).editByCommand(parts, target, { ...running, progress });
    }
    case serverCommands.whatWasSent:
      return whatWasSent(
        parts,
        z
          .tuple([])
          .or(z.tuple([z.strictObject({ uri: Uri })]))
          .parse(given)[0]?.uri,
      );
    case serverCommands.checkConnection:
      z.tuple([]).parse(given);
      return parts.check(running.signal);
    default:
      z.tuple([]).parse(given);
      return parts.startDemo();
  }
}

async function whatWasSent(parts: CommandParts, uri: string | undefined): Promise<unknown> {
  const found = await parts.receipt(uri);
  if (found === undefined) throw new Refusal('Nothing has been sent yet.', 'noReceipt');
  return found;
}

/** Valid arguments act as the person's click, except where the editor said that the folder is not trusted (product decision 10.5). */
async function explainByCommand(
  parts: CommandParts,
  target: ExplainTarget,
  { signal, progress }: Running,
): Promise<Explanation> {
  const context: Context = { ...parts.world, signal };
  if (context.trust() === 'restricted')
    throw new Refusal(
      'This workspace is not trusted, so commands from elsewhere are off. Trust it, or use Explain Here.',
      'restricted',
    );
  if (context.documents.get(target.uri) === undefined && context.files.place(target.uri) === undefined)
    throw new Refusal('That document is neither open nor in the workspace.', 'notOpen');
  const reporter = await progressFor(parts, progress);
  reporter.begin('Explaining', undefined, undefined, true);
  let characters = 0;
  try {
    const { runExplain } = await import('../features/explain/run.ts');
    const explanation = await runExplain(context, target, ({ text }) => {
      characters += text.length;
      reporter.report(`${characters} characters`);
    });
    await parts.show?.(explanation, target.uri);
    return explanation;
  } finally {
    reporter.done();
  }
}

/** The client's own progress token, else one of ours where the client shows such. */
async function progressFor(parts: CommandParts, given: WorkDoneProgressReporter): Promise<WorkDoneProgressReporter> {
  const { connection, client, show } = parts;
  // The library gives a silent reporter when the client sent no token; only bare editors want ours instead.
  if (
    show === undefined ||
    given.constructor.name !== 'NullProgressReporter' ||
    client.window?.workDoneProgress !== true
  )
    return given;
  return connection.window.createWorkDoneProgress();
}
