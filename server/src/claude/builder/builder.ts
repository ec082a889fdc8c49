/** Builders at run time: thin things over a request that grows. */
import type { MessageOptions } from '../endpoints/fallback.ts';
import type { Messages } from '../endpoints/messages.ts';
import type { OutputRequest, RepairOptions } from '../output/parse.ts';
import type { MessageRequest } from '../schema/request.ts';
import type { MessageParam } from '../schema/requestMessages.ts';
import type { MessageBuilder } from './messageBuilder.ts';
import type { Nothing } from './state.ts';

/** A builder that was told nothing yet. */
export function createBuilder(messages: Messages): MessageBuilder<Nothing> {
  // What was told is known to the compiler only: at run time every state is the same object of methods.
  return builderOf(messages, {}, {}) as unknown as MessageBuilder<Nothing>;
}

type Draft = Partial<MessageRequest>;

function builderOf(messages: Messages, draft: Draft, options: MessageOptions) {
  const having = (fields: Draft): unknown => builderOf(messages, { ...draft, ...fields }, options);
  const saying = (...more: readonly MessageParam[]) => having({ messages: [...(draft.messages ?? []), ...more] });
  const shaped = (fields: MessageRequest['output_config']) =>
    having({ output_config: { ...draft.output_config, ...fields } });
  // Programs without types may leave fields out: then the call itself says so.
  const request = draft as MessageRequest;
  const optionsOf = (more: MessageOptions | undefined): MessageOptions => ({ ...options, ...more });
  return {
    model: (model: string) => having({ model }),
    maxTokens: (tokens: number) => having({ max_tokens: tokens }),
    system: (system: NonNullable<Draft['system']>) => having({ system }),
    user: (content: Extract<MessageParam, { role: 'user' }>['content']) => saying({ role: 'user', content }),
    assistant: (content: Extract<MessageParam, { role: 'assistant' }>['content']) =>
      saying({ role: 'assistant', content }),
    messages: (more: readonly MessageParam[]) => saying(...more),
    thinking: (thinking: NonNullable<Draft['thinking']>) => having({ thinking }),
    effort: (effort: NonNullable<MessageRequest['output_config']>['effort']) => shaped({ ...(effort && { effort }) }),
    output: (format: NonNullable<MessageRequest['output_config']>['format']) => shaped({ ...(format && { format }) }),
    tools: (tools: NonNullable<Draft['tools']>) => having({ tools }),
    toolChoice: (choice: NonNullable<Draft['tool_choice']>) => having({ tool_choice: choice }),
    stopSequences: (sequences: readonly string[]) => having({ stop_sequences: sequences }),
    cache: (ttl: '5m' | '1h' = '5m') => having({ cache_control: { type: 'ephemeral', ttl } }),
    metadata: (metadata: NonNullable<Draft['metadata']>) => having({ metadata }),
    with: having,
    options: (more: MessageOptions): unknown => builderOf(messages, draft, optionsOf(more)),
    build: () => request,
    send: (more?: MessageOptions) => messages.create(request, optionsOf(more)),
    stream: (more?: MessageOptions) => messages.stream(request, optionsOf(more)),
    parse: (more?: MessageOptions & RepairOptions) =>
      // Without `output(schema)` there is nothing to check with: then the call itself says so.
      messages.parse(request as OutputRequest<unknown>, { ...options, ...more }),
    countTokens: (more?: MessageOptions) => messages.countTokens(request, optionsOf(more)),
  };
}
