/** A client for the Claude API. This is all of it that others see. */
export type { Answer, Answered, Upload } from './caller.ts';
export { Claude } from './client.ts';
export type { Clock, Forget } from './clock.ts';
export { type DeadlineName, type Deadlines, defaultDeadlines } from './deadlines.ts';
export type {
  Batches,
  BatchList,
  BatchListParams,
  ResultsOptions,
} from './endpoints/batches.ts';
export type { BatchParams, BatchRequest, BatchRequests } from './endpoints/batchRequests.ts';
export type { WaitOptions } from './endpoints/batchWait.ts';
export type { Download } from './endpoints/download.ts';
export type { FileList, FileListParams, Files, UploadParams, UploadProgress } from './endpoints/files.ts';
export type { Messages } from './endpoints/messages.ts';
export type { ModelList, ModelListParams, Models } from './endpoints/models.ts';
export type { PageList } from './endpoints/pages.ts';
export type { Raw, RawRequest } from './endpoints/raw.ts';
export type { SkillFile, SkillSource } from './endpoints/skillFiles.ts';
export type {
  SkillList,
  SkillListParams,
  SkillParams,
  Skills,
  SkillVersionList,
  SkillVersionListParams,
  SkillVersions,
} from './endpoints/skills.ts';
export type { BlobSource, UploadSource, WebStream } from './endpoints/uploadSource.ts';
export { adviceFor, type ErrorKind } from './errorKinds.ts';
export { ClaudeError, type ErrorDetails, type Stage } from './errors.ts';
export type { Priority } from './limits/gate.ts';
export type { ClientLog, ClientWarning } from './log.ts';
export { costOf, type Price, type PriceTable, priceTable, type Rates } from './models/prices.ts';
export { endOf, type ModelEnd, type ModelRules, modelRules, models } from './models/table.ts';
export type { ResponseFacts } from './observe/observer.ts';
export { apiVersion, type ClaudeOptions, defaultBaseURL, type Query, type RequestOptions } from './options.ts';
export type { RateLimit, RateLimits } from './rateLimits.ts';
export { defaultRetries, type RetryNotice, type RetryPolicy } from './retry.ts';
export type { BatchOutcome, BatchPage, BatchResult, BatchStatus, MessageBatch } from './schema/batches.ts';
export type {
  CompactionBlock,
  ContentBlock,
  McpToolUseBlock,
  RedactedThinkingBlock,
  ServerToolUseBlock,
  TextBlock,
  ThinkingBlock,
  ToolUseBlock,
  UnknownBlock,
  UnknownType,
} from './schema/blocks.ts';
export type { ModelInfo, ModelPage, TokenCount } from './schema/endpoints.ts';
export type * from './schema/events.ts';
export type {
  Deleted,
  FileMetadata,
  FilePage,
  Skill,
  SkillPage,
  SkillVersion,
  SkillVersionPage,
} from './schema/files.ts';
export type { Message, StopDetails, StopReason } from './schema/message.ts';
export type * from './schema/request.ts';
export type { Usage, UsageDelta, UsageStep } from './schema/usage.ts';
export type { MessageStream } from './stream/messageStream.ts';
export { type ToolInputState, toolInputOf } from './stream/toolInput.ts';
export {
  type ByteSource,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type StreamedBody,
  type Transport,
  TransportFailure,
} from './transport/transport.ts';
