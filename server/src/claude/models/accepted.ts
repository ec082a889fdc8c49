/**
 * Which requests the API accepts, to the compiler. A request that is given literally is judged by the same table of
 * models as at run time; what is refused has a sentence in place of its type. What is only known at run time passes.
 */
import type {
  BatchFields,
  BatchMessageRequest,
  CountedFields,
  CountTokensRequest,
  MessageRequest,
  RequestFields,
} from '../schema/request.ts';
import type { AssistantBlock, UserBlock } from '../schema/requestBlocks.ts';
import type { SystemMessage } from '../schema/requestMessages.ts';
import type { Tool } from '../schema/requestTools.ts';
import type { CacheProblem } from './acceptedCache.ts';
import type { ContextProblem } from './acceptedContext.ts';
import type { ConversationProblem } from './acceptedConversation.ts';
import type { UnknownField } from './acceptedFields.ts';
import type { MessageProblem } from './acceptedMessages.ts';
import type { ModelProblem } from './acceptedModel.ts';
import type { Refused } from './acceptedProblem.ts';
import type { TokensProblem } from './acceptedTokens.ts';
import type { ChoiceProblem, ToolsProblem } from './acceptedTools.ts';
import type { Use } from './problem.ts';
import type { DeprecatedModel } from './table.ts';

/** The bodies of requests, by what they are for. */
interface Bodies {
  readonly create: MessageRequest;
  readonly stream: MessageRequest;
  readonly count: CountTokensRequest;
  readonly batch: BatchMessageRequest;
}

/** A request before it is judged: what the API refuses may stand in it, so that a sentence can say so. */
export interface Drafts {
  readonly create: RequestFields<DraftMessage, DraftTool>;
  readonly stream: RequestFields<DraftMessage, DraftTool>;
  readonly count: CountedFields<DraftMessage, DraftTool>;
  readonly batch: BatchFields<DraftMessage, DraftTool>;
}

/** A message, and blocks in it whoever says them. */
export type DraftMessage =
  | { readonly role: 'user'; readonly content: string | DraftBlocks }
  | { readonly role: 'assistant'; readonly content: string | DraftBlocks }
  | DraftInstruction
  | Omit<SystemMessage, 'content'>;

// Content that may be absent is in a type of its own: else the compiler's own errors about content lead astray.
interface DraftInstruction extends Omit<SystemMessage, 'content'> {
  readonly content: NonNullable<SystemMessage['content']>;
}

/** Blocks, whoever may say them. */
export type DraftBlocks = readonly (UserBlock | AssistantBlock)[];

/** A tool, or one that has no schema yet. */
export type DraftTool = Tool | { readonly type?: 'custom' | null; readonly name: string };

/** What is wrong with a request that may still be added to. */
export type Conflict<Request, For extends Use> =
  | ModelProblem<Request>
  | TokensProblem<Request, For>
  | MessageProblem<Request>
  | ToolsProblem<Request>
  | ContextProblem<Request>
  | CacheProblem<Request>
  | UnknownField<Request, Bodies[For], For>;

/** What is wrong with a request that is complete. */
export type Problem<Request, For extends Use> = Request extends unknown
  ? Bodies[For] extends Request
    ? never
    : MessageRequest extends Request
      ? never
      : Conflict<Request, For> | ConversationProblem<Request> | ChoiceProblem<Request>
  : never;

/** The request itself where the API accepts it; else its type with sentences in the places of what is wrong. */
type Judged<Request, For extends Use> = [Problem<Request, For>] extends [never]
  ? Request
  : Refused<Request, Problem<Request, For>>;

/** A request that `messages.create` accepts. */
export type Accepted<Request> = Judged<Request, 'create'>;

/** A request that `messages.stream` accepts. */
export type AcceptedStream<Request> = Judged<Request, 'stream'>;

/** A request that `messages.countTokens` accepts. */
export type AcceptedCount<Request> = Judged<Request, 'count'>;

/** The `params` of a request that a batch accepts. */
export type AcceptedBatch<Request> = Judged<Request, 'batch'>;

/** One of two, by whether the model of a request is deprecated. */
export type IfDeprecated<Model, Then, Else> = [Model] extends [never]
  ? Else
  : string extends Model
    ? Else
    : [Model] extends [DeprecatedModel]
      ? Then
      : Else;
