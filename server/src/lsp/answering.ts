/** Runs one request: the LSP cancellation token ends here as a signal, and errors leave as responses. */
import type { CancellationToken } from 'vscode-languageserver/node';
import type { Log } from '../ports.ts';

/** The handler's answer, or what `errors.ts` makes of its failure. */
export async function answering(
  token: CancellationToken,
  log: Log,
  run: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const subscription = token.onCancellationRequested(() => controller.abort());
  try {
    return await run(controller.signal);
  } catch (error) {
    // Loaded with the first failure: it brings the Markdown parser along.
    const { toResponseError } = await import('./errors.ts');
    return toResponseError(error, controller.signal, log);
  } finally {
    subscription.dispose();
  }
}
