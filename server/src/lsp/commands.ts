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
import type { GlossCapabilities } from '#shared/initialization.ts';
import { Uri } from '#shared/place.ts';
import { Refusal, type World } from '../ports.ts';
import { answering } from './answering.ts';
import type { ChatSurface } from './chatRequests.ts';
import type { Reporting } from './explainCommands.ts';
import type { InlineCompletions } from './inlineCompletion.ts';
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
  readonly show: ShowExplanation;
  readonly chat: ChatSurface | undefined;
  readonly suggestions: Pick<InlineCompletions, 'accepted' | 'why'>;
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
  if (parts.chat?.isCommand(command) === true) return parts.chat.run(command, given, running.signal);
  switch (command) {
    case serverCommands.explain:
      return (await explainCommands()).explainByCommand(parts, given, reporting(parts, running));
    case serverCommands.annotate:
      return (await explainCommands()).annotateByCommand(parts, given, reporting(parts, running));
    case serverCommands.showExplanation:
      return (await explainCommands()).showByCommand(parts, given);
    case serverCommands.dismissExplanations:
      return (await explainCommands()).dismissByCommand(parts, given);
    case serverCommands.exportExplanations:
      return (await explainCommands()).exportByCommand(parts, given, running.signal);
    case serverCommands.edit: {
      const [target] = z.tuple([EditTarget]).parse(given);
      const progress = await reporting(parts, running).progress();
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
    case serverCommands.startDemo:
      z.tuple([]).parse(given);
      return parts.startDemo();
    case serverCommands.suggestionAccepted: {
      const [{ id }] = z.tuple([z.strictObject({ id: z.string().max(100) })]).parse(given);
      return parts.suggestions.accepted(id);
    }
    case serverCommands.whySuggestion:
      z.tuple([]).parse(given);
      return parts.suggestions.why();
    default:
      throw new Refusal('This command is not there yet.', 'command');
  }
}

const explainCommands = () => import('./explainCommands.ts');

function reporting(parts: CommandParts, { signal, progress }: Running): Reporting {
  return { signal, progress: () => progressFor(parts, progress) };
}

async function whatWasSent(parts: CommandParts, uri: string | undefined): Promise<unknown> {
  const found = await parts.receipt(uri);
  if (found === undefined) throw new Refusal('Nothing has been sent yet.', 'noReceipt');
  return found;
}

/** The client's own progress token, else one of ours where the client shows such. */
async function progressFor(parts: CommandParts, given: WorkDoneProgressReporter): Promise<WorkDoneProgressReporter> {
  const { connection, client, gloss } = parts;
  // The library gives a silent reporter when the client sent no token; only bare editors want ours instead.
  if (gloss.connection || given.constructor.name !== 'NullProgressReporter' || client.window?.workDoneProgress !== true)
    return given;
  return connection.window.createWorkDoneProgress();
}
