/** The shell of chats, loaded with the first command: most sessions run none. */
import type { ServerParts, ServerShell } from './serverParts.ts';

export function shellWhenAsked(create: ServerParts['createShell'], roots: () => readonly string[]): ServerShell {
  let loaded: Promise<ServerShell> | undefined;
  const load = () => (loaded ??= create(roots));
  return {
    plan: async (line, cwd) => (await load()).plan(line, cwd),
    run: async (plan, options) => (await load()).run(plan, options),
    close: () => void loaded?.then((shell) => shell.close()),
  };
}
