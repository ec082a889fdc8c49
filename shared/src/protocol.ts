/** Every `gloss/*` message there is: the list that docs/protocol.md is made from. */
import { chatContextRequest, saveRequest, terminalClosed, terminalNotification } from './chat.ts';
import { checkConnectionRequest, connectionChanged, connectionRequest } from './connection.ts';
import { demoRequest } from './demo.ts';
import {
  applyRequest,
  approveRequest,
  decideRequest,
  editRequest,
  extractRequest,
  hunksNotification,
  prepareRequest,
  renameRequest,
} from './edits.ts';
import { explainRequest } from './explain.ts';
import {
  annotateRequest,
  dismissExplanationsRequest,
  explanationsNotification,
  exportExplanationsRequest,
  listExplanationsRequest,
  readExplanationRequest,
} from './explanations.ts';
import { allProblemsRequest, definitionsRequest, hoverRequest, problemsRequest, referencesRequest } from './lookups.ts';
import { chatChanged, chatStates, panelRequests } from './panelRequests.ts';
import type { NotificationSpec, RequestSpec } from './request.ts';
import { statusNotification } from './status.ts';
import {
  snoozeSuggestionsRequest,
  suggestionStatisticsRequest,
  suggestionsNotification,
  whySuggestionRequest,
} from './suggestions.ts';
import { symbolsRequest } from './symbols.ts';

/** Each spec has types of its own; whoever walks through the list needs only what all have. */
export const allRequests = [
  explainRequest,
  listExplanationsRequest,
  readExplanationRequest,
  dismissExplanationsRequest,
  exportExplanationsRequest,
  annotateRequest,
  connectionRequest,
  checkConnectionRequest,
  demoRequest,
  symbolsRequest,
  definitionsRequest,
  problemsRequest,
  referencesRequest,
  hoverRequest,
  allProblemsRequest,
  editRequest,
  decideRequest,
  applyRequest,
  prepareRequest,
  approveRequest,
  renameRequest,
  extractRequest,
  saveRequest,
  chatContextRequest,
  ...panelRequests,
  whySuggestionRequest,
  suggestionStatisticsRequest,
  snoozeSuggestionsRequest,
] as unknown as readonly RequestSpec<never, unknown, unknown>[];
export const allNotifications = [
  connectionChanged,
  statusNotification,
  hunksNotification,
  explanationsNotification,
  terminalNotification,
  terminalClosed,
  chatChanged,
  chatStates,
  suggestionsNotification,
] as unknown as readonly NotificationSpec<never>[];
