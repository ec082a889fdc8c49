/** A request that is put together call by call, and cannot be sent before it is complete: what the builder's methods take. */
import type { Answer } from '../caller.ts';
import type { MessageOptions } from '../endpoints/fallback.ts';
import type { DraftBlocks, DraftMessage, Drafts, DraftTool, IfDeprecated } from '../models/accepted.ts';
import type { ModelName } from '../models/table.ts';
import type { FormOf, Parsed, RepairOptions } from '../output/parse.ts';
import type { TokenCount } from '../schema/endpoints.ts';
import type { Message } from '../schema/message.ts';
import type { MessageRequest } from '../schema/request.ts';
import type { TextParam } from '../schema/requestBlocks.ts';
import type { Effort, JsonFormat, Thinking } from '../schema/requestThinking.ts';
import type { ToolChoice } from '../schema/requestTools.ts';
import type { MessageStream } from '../stream/messageStream.ts';
import type { Added, Fitting, Formed, Possible, Ready, Said, Shaped } from './state.ts';

/**
 * A request in the making. Each call gives a new builder and leaves the old one as it was; a field that is told again
 * takes the place of the earlier one, messages are added. What the model does not accept does not compile, whichever
 * call comes first: the later one is in error, and the error is a sentence.
 */
export interface MessageBuilder<State> {
  // Two signatures only so that editors strike out calls with a deprecated model: see `Messages`.
  /** The model that answers. */
  model<const Model extends ModelName>(
    model: Fitting<Added<State, { readonly model: Model }>, Model>,
    ...nothing: IfDeprecated<Model, Impossible, []>
  ): Next<Added<State, { readonly model: Model }>>;
  /** @deprecated This model will be retired: `endOf(model)` says when, and what to use instead. */
  model<const Model extends ModelName>(
    model: Fitting<Added<State, { readonly model: Model }>, Model>,
    ...nothing: IfDeprecated<Model, [], Impossible>
  ): Next<Added<State, { readonly model: Model }>>;

  /** Most tokens of the answer, thinking included. */
  maxTokens<const Tokens extends number>(
    tokens: Fitting<Added<State, { readonly max_tokens: Tokens }>, Tokens>,
  ): Next<Added<State, { readonly max_tokens: Tokens }>>;

  /** Instructions from the caller. */
  system<const System extends string | readonly TextParam[]>(
    system: Fitting<Added<State, { readonly system: System }>, System>,
  ): Next<Added<State, { readonly system: System }>>;

  /** Adds what the person says, or what tools answered. */
  user<const Content extends string | DraftBlocks>(
    content: Fitting<Said<State, [UserTurn<Content>]>, Content>,
  ): Next<Said<State, [UserTurn<Content>]>>;

  /** Adds what the model said: `message.content` of an earlier answer. */
  assistant<const Content extends string | DraftBlocks>(
    content: Fitting<Said<State, [AssistantTurn<Content>]>, Content>,
  ): Next<Said<State, [AssistantTurn<Content>]>>;

  /** Adds messages of an earlier conversation. */
  messages<const Messages extends readonly DraftMessage[]>(
    messages: Fitting<Said<State, Messages>, Messages>,
  ): Next<Said<State, Messages>>;

  /** How the model thinks. */
  thinking<const Mode extends Thinking>(
    thinking: Fitting<Added<State, { readonly thinking: Mode }>, Mode>,
  ): Next<Added<State, { readonly thinking: Mode }>>;

  /** How hard the model tries. */
  effort<const Level extends Effort>(
    effort: Fitting<Shaped<State, { readonly effort: Level }>, Level>,
  ): Next<Shaped<State, { readonly effort: Level }>>;

  /** The form of the answer: JSON of a schema. With `output(schema)` here, `parse` gives typed values. */
  output<const Format extends JsonFormat>(
    format: Fitting<Shaped<State, { readonly format: Format }>, Format>,
  ): Next<Shaped<State, { readonly format: Format }>>;

  /** What the model may use. */
  tools<const Tools extends readonly DraftTool[]>(
    tools: Fitting<Added<State, { readonly tools: Tools }>, Tools>,
  ): Next<Added<State, { readonly tools: Tools }>>;

  /** Whether and which tools are used. */
  toolChoice<const Choice extends ToolChoice>(
    choice: Fitting<Added<State, { readonly tool_choice: Choice }>, Choice>,
  ): Next<Added<State, { readonly tool_choice: Choice }>>;

  /** The answer ends before any of these. */
  stopSequences(
    sequences: readonly string[],
  ): MessageBuilder<Added<State, { readonly stop_sequences: readonly string[] }>>;

  /** Keeps the prompt for later requests, for five minutes or the time given. */
  cache<const Ttl extends '5m' | '1h' = '5m'>(
    ttl?: Ttl,
  ): MessageBuilder<Added<State, { readonly cache_control: Kept<Ttl> }>>;

  /** An opaque id of the person, nothing personal. */
  metadata(metadata: Metadata): MessageBuilder<Added<State, { readonly metadata: Metadata }>>;

  /** Any other fields of the request, betas among them. */
  with<const Fields extends Partial<Drafts['create']>>(
    fields: Fitting<Added<State, Fields>, Fields>,
  ): Next<Added<State, Fields>>;

  /** Options of the calls that follow: signal, headers, betas, retries. Those of the call itself win. */
  options(options: MessageOptions): MessageBuilder<State>;

  /** The request, to be kept or sent in another way. The rules that only run time knows apply when it is sent. */
  build(this: Ready<State, 'create', MessageBuilder<State>>): MessageRequest;

  /**
   * An answer as a whole: see `Messages.create`.
   * @throws ClaudeError
   */
  send(this: Ready<State, 'create', MessageBuilder<State>>, options?: MessageOptions): Answer<Message>;

  /** An answer while it comes: see `Messages.stream`. */
  stream(this: Ready<State, 'stream', MessageBuilder<State>>, options?: MessageOptions): MessageStream;

  /** An answer of the form that `output` was told, typed and checked: see `Messages.parse`. */
  parse(
    this: Formed<State, Ready<State, 'create', MessageBuilder<State>>>,
    options?: MessageOptions & RepairOptions,
  ): Answer<Parsed<FormOf<State>>>;

  /** Tokens of the request, estimated by the service without charge. What is not counted is left out. */
  countTokens(this: Ready<State, 'count', MessageBuilder<State>>, options?: MessageOptions): Answer<TokenCount>;
}

type Next<State> = MessageBuilder<Possible<State>>;

/** Arguments that no call has. */
type Impossible = [never, never, never];

interface UserTurn<Content> {
  readonly role: 'user';
  readonly content: Content;
}

interface AssistantTurn<Content> {
  readonly role: 'assistant';
  readonly content: Content;
}

type Metadata = NonNullable<MessageRequest['metadata']>;

interface Kept<Ttl> {
  readonly type: 'ephemeral';
  readonly ttl: Ttl;
}
