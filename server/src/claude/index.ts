/** A client for the Claude API. This is all of it that others see. */
export type { MessageBuilder } from './builder/messageBuilder.ts';
export type { Answer, Answered, Upload } from './caller.ts';
export { Claude } from './client.ts';
export type { Clock, Forget } from './clock.ts';
export { credentialsFromEnvironment } from './credentials/environment.ts';
export { optionsFromEnvironment } from './credentials/environmentOptions.ts';
export { type KeyHelperOptions, keyHelper } from './credentials/helper.ts';
export { type WorkloadIdentity, workloadIdentity } from './credentials/identity.ts';
export { profile } from './credentials/profile.ts';
export type { CredentialSource, KeyScheme, SharedContext, Token, TokenContext } from './credentials/source.ts';
export type { Environment } from './credentials/variables.ts';
export { type DeadlineName, type Deadlines, defaultDeadlines } from './deadlines.ts';
export type { Batches, BatchList, BatchListParams, ResultsOptions } from './endpoints/batches.ts';
export type { BatchParams, BatchRequest, BatchRequests } from './endpoints/batchRequests.ts';
export type { WaitOptions } from './endpoints/batchWait.ts';
export type { Download } from './endpoints/download.ts';
export { type MessageOptions, withoutThinking } from './endpoints/fallback.ts';
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
export { createSpendMeter, hitRatio, type MeterOptions, type SpendMeter, type Spent } from './limits/meter.ts';
export type { LimitOptions } from './limits/options.ts';
export type { SpendGroup, SpendLimit } from './limits/spending.ts';
export type { ClientLog, ClientWarning, LogLevel } from './log.ts';
export type { Accepted, AcceptedBatch, AcceptedCount, AcceptedStream } from './models/accepted.ts';
export { costOf, type Price, type PriceTable, priceTable, type Rates } from './models/prices.ts';
export type { KnownRules, Use } from './models/problem.ts';
export { type RequestSchemaOptions, requestSchema } from './models/requestSchema.ts';
export { rulesOf } from './models/rulesOf.ts';
export { endOf, type Feature, type ModelEnd, type ModelRules, modelRules, models } from './models/table.ts';
export type { AnswerFacts, CallTimes, EndFacts, HookCall, Hooks, RequestFacts, UsageFacts } from './observe/hooks.ts';
export type { ResponseFacts, WaitNotice } from './observe/observer.ts';
export type { ObserveOptions } from './observe/options.ts';
export type { OpenTelemetryApi, TracingSpan, TracingValues } from './observe/tracing.ts';
export {
  apiVersion,
  type ClaudeOptions,
  defaultBaseURL,
  type OptionChanges,
  type Query,
  type RequestOptions,
} from './options.ts';
export { type OutputFormat, output, outputOf } from './output/output.ts';
export type { OutputRequest, Parsed, RepairOptions } from './output/parse.ts';
export { partialOutputs } from './output/partialOutput.ts';
export { strictSchema } from './output/strictSchema.ts';
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
export type { ModelCapabilities, ModelInfo, ModelPage, TokenCount } from './schema/endpoints.ts';
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
export type {
  InputOf,
  JsonSchema,
  OutputOf,
  StandardIssue,
  StandardResult,
  StandardSchema,
} from './schema/standard.ts';
export type * from './schema/toolInputs.ts';
export type * from './schema/toolResults.ts';
export type { Usage, UsageDelta, UsageStep } from './schema/usage.ts';
export type { LearningScrub } from './secrets.ts';
export type { DeepPartial } from './stream/deepPartial.ts';
export type { MessageStream } from './stream/messageStream.ts';
export { type Original, originalsIn, restoreOriginals } from './stream/originals.ts';
export type { RawEvent } from './stream/reading.ts';
export { refusalsBefore } from './stream/refusals.ts';
export { type ToolInputState, toolInputOf } from './stream/toolInput.ts';
export type { ToolInputStep, ToolInputStepOf } from './stream/views.ts';
export type { McpCallOptions, McpClient, McpProgress, McpTool, McpToolPage } from './tools/mcp/mcpClient.ts';
export { type McpToolsOptions, mcpTools } from './tools/mcp/mcpTools.ts';
export { createMemoryStore, type InMemoryStore } from './tools/memory/inMemoryStore.ts';
export type { MemoryEntry, MemoryStore } from './tools/memory/memoryStore.ts';
export { memoryTool } from './tools/memory/memoryTool.ts';
export type {
  LimitName,
  RunEnding,
  RunEvent,
  RunUsage,
  ToolCall,
  ToolFinished,
  ToolOutcome,
} from './tools/run/events.ts';
export type { RunStream } from './tools/run/loop.ts';
export type { Approval, PlannedTurn, ProposedCall, ToolRunOptions, TurnChanges } from './tools/run/options.ts';
export { runTools, type ToolRun } from './tools/run/toolRun.ts';
export type { Runnable, RunnableTool, ToolContext } from './tools/runnable.ts';
export { type TextEditorCommand, type TextEditorParts, type TextEditors, textEditorTool } from './tools/textEditor.ts';
export { type DefinedTool, type ToolParts, type ToolTraits, tool } from './tools/tool.ts';
export { ToolError } from './tools/toolError.ts';
export { type MemberCall, type ToolsetParts, type Toolsets, toolset } from './tools/toolset.ts';
export type { ClientCertificate } from './transport/certificate.ts';
export { fetchTransport } from './transport/fetch.ts';
export type { Middleware } from './transport/middleware.ts';
export {
  type ByteSource,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type StreamedBody,
  type Transport,
  TransportFailure,
} from './transport/transport.ts';
export { unchangingOf } from './unchanging.ts';
