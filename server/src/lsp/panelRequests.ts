/** Answers what a chat panel asks: what arrives is parsed by its schema and handed to a table, which is made with the first request. */
import type { Connection } from 'vscode-languageserver/node';
import { panelRequests } from '#shared/panelRequests.ts';
import type { Log } from '../ports.ts';
import { answering } from './answering.ts';
import type { ChatCommandParts } from './chatFound.ts';
import type { PanelAnswer } from './panelAnswer.ts';

export interface PanelParts {
  readonly connection: Connection;
  readonly log: Log;
  load(): Promise<ChatCommandParts>;
}

/** What is not exactly right has no effect (threats S22). */
export function addPanelRequests({ connection, log, load }: PanelParts): void {
  let made: Promise<ReadonlyMap<string, PanelAnswer>> | undefined;
  const table = (): Promise<ReadonlyMap<string, PanelAnswer>> => {
    made ??= load().then(tableOf);
    // What failed to load is tried again.
    made.catch(() => {
      made = undefined;
    });
    return made;
  };
  for (const { method, params } of panelRequests)
    connection.onRequest(method, (given: unknown, token) =>
      answering(token, log, async (signal) => {
        const parsed: unknown = params.parse(given ?? {});
        const answer = (await table()).get(method);
        if (answer === undefined) throw new Error(`nothing answers ${method}`);
        return answer.act(parsed, signal);
      }),
    );
}

async function tableOf(parts: ChatCommandParts): Promise<ReadonlyMap<string, PanelAnswer>> {
  const [{ panelLooking }, { panelWriting }] = await Promise.all([
    import('./panelLooking.ts'),
    import('./panelWriting.ts'),
  ]);
  return new Map([...panelLooking(parts), ...panelWriting(parts)].map((answer) => [answer.spec.method, answer]));
}
