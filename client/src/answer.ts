/** Answers the server: what it asks is parsed before anyone sees it. */
import type * as vscode from 'vscode';
import { ErrorCodes, type LanguageClient, ResponseError } from 'vscode-languageclient/node';
import type { NotificationSpec, RequestSpec } from '#shared/request.ts';

/** Answers a request of the server for as long as the client lives. */
export function answer<Params, Result>(
  client: LanguageClient,
  spec: RequestSpec<Params, Result>,
  run: (params: Params, token: vscode.CancellationToken) => Promise<Result>,
): void {
  client.onRequest<unknown, void>(spec.method, async (params: unknown, token: vscode.CancellationToken) => {
    const parsed = spec.params.safeParse(params ?? {});
    if (!parsed.success)
      return new ResponseError(ErrorCodes.InvalidParams, `${spec.method}: the parameters could not be read`);
    return run(parsed.data, token);
  });
}

/** Hears a notification of the server. One that cannot be read is logged and changes nothing. */
export function hear<Params>(
  client: LanguageClient,
  { method, params }: NotificationSpec<Params>,
  run: (params: Params) => void,
): void {
  client.onNotification(method, (value: unknown) => {
    const parsed = params.safeParse(value);
    if (parsed.success) run(parsed.data);
    else client.warn(`${method}: the parameters could not be read`);
  });
}
