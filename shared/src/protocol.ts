/** Every `gloss/*` message there is: the list that docs/protocol.md is made from. */
import { checkConnectionRequest, connectionChanged, connectionRequest } from './connection.ts';
import { demoRequest } from './demo.ts';
import { explainRequest } from './explain.ts';
import type { NotificationSpec, RequestSpec } from './request.ts';
import { statusNotification } from './status.ts';
import { symbolsRequest } from './symbols.ts';

export const requests = [
  explainRequest,
  connectionRequest,
  checkConnectionRequest,
  demoRequest,
  symbolsRequest,
] as const;
export const notifications = [connectionChanged, statusNotification] as const;

/** The same lists with their types widened, for whoever walks through them. */
export const allRequests: readonly RequestSpec<never, unknown, unknown>[] = requests as never;
export const allNotifications: readonly NotificationSpec<never>[] = notifications as never;
