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
  client.onRequest<unknown, void>(spec.method, (params: unknown, token: vscode.CancellationToken) =>
    answered(spec, { params, token }, run),
  );
}

/** The answer to one request; an error of the protocol where it cannot be read. */
export async function answered<Params, Result>(
  spec: RequestSpec<Params, Result>,
  { params, token }: { readonly params: unknown; readonly token: vscode.CancellationToken },
  run: (params: Params, token: vscode.CancellationToken) => Promise<Result>,
): Promise<Result | ResponseError<void>> {
  const parsed = spec.params.safeParse(params ?? {});
  if (!parsed.success)
    return new ResponseError(ErrorCodes.InvalidParams, `${spec.method}: the parameters could not be read`);
  return run(parsed.data, token);
}

/** Hears a notification of the server. One that cannot be read is logged and changes nothing. */
export function hear<Params>(
  client: LanguageClient,
  spec: NotificationSpec<Params>,
  run: (params: Params) => void,
): void {
  const warn = (message: string): void => client.warn(message);
  client.onNotification(spec.method, (params: unknown) => heard(spec, { params, warn }, run));
}

/** One notification. */
export function heard<Params>(
  { method, params: schema }: NotificationSpec<Params>,
  { params, warn }: { readonly params: unknown; readonly warn: (message: string) => void },
  run: (params: Params) => void,
): void {
  const parsed = schema.safeParse(params);
  if (parsed.success) run(parsed.data);
  else warn(`${method}: the parameters could not be read`);
}
