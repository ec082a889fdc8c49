/** What is wrong with a conversation that is complete, to the compiler: its beginning, its end, and system messages (API reference, "Messages"). */
import type { AssistantMessage } from '../schema/requestMessages.ts';
import type { Given, Literal, Surely, ThinkingMode, When, Wrong } from './acceptedProblem.ts';
import type { RulesByName } from './table.ts';

export type ConversationProblem<Request> =
  | BeginProblem<Given<Request, 'messages'>, keyof Request>
  | PlaceProblem<Given<Request, 'messages'>>
  | (Given<Request, 'messages'> extends readonly [...infer Earlier, infer Last]
      ? When<IsPrefill<Last>, true, PrefillProblem<Request, Literal<Request, 'model', string>, Position<Earlier>>>
      : never);

/** A thread has begun before. */
type BeginProblem<Messages, Keys> = Messages extends readonly []
  ? Wrong<['messages'], 'messages is empty: add at least one user message'>
  : 'thread' extends Keys
    ? never
    : Messages extends readonly [infer First, ...unknown[]]
      ? When<IsAnswer<First>, true, Wrong<['messages', '0', 'role'], 'the first message must come from the user'>>
      : never;

/** Whether a message is surely the model's own, and no summary of what was said before. */
type IsAnswer<Message> = AssistantMessage extends Message
  ? false
  : Message extends { readonly role: 'assistant'; readonly content: infer Content }
    ? Content extends string
      ? true
      : Content extends readonly [infer First, ...unknown[]]
        ? First extends { readonly type: 'compaction' }
          ? false
          : true
        : false
    : false;

/** System messages follow a user message, and end the conversation or come before an assistant message. */
type PlaceProblem<
  Messages,
  Before = undefined,
  Earlier extends readonly unknown[] = [],
  Found = never,
> = Messages extends readonly [infer Message, ...infer Rest]
  ? PlaceProblem<
      Rest,
      Message,
      [...Earlier, Message],
      | Found
      | (Message extends { readonly role: 'system' } ? SystemProblem<Before, Rest, `${Earlier['length']}`> : never)
    >
  : Found;

type SystemProblem<Before, Rest, Index extends string> =
  true extends MayPrecede<Before>
    ? Rest extends readonly [{ readonly role: infer Role }, ...unknown[]]
      ? 'assistant' extends Role
        ? never
        : Wrong<
            ['messages', Index, 'role'],
            'a system message must be the last one or come directly before an assistant message'
          >
      : never
    : Wrong<['messages', Index, 'role'], 'a system message must directly follow a user message'>;

/** An assistant message may end in the result of a tool of the service, which is as good as a user message. */
type MayPrecede<Message> = Message extends
  | { readonly role: 'user' }
  | { readonly role: 'assistant'; readonly content: readonly unknown[] }
  ? true
  : false;

/** Whether a message is surely the beginning of an answer: text, and no tool of the service is still at work in it. */
type IsPrefill<Message> = AssistantMessage extends Message
  ? false
  : Message extends { readonly role: 'assistant'; readonly content: infer Content }
    ? Content extends string
      ? true
      : Content extends readonly [...unknown[], { readonly type: 'text' }]
        ? [Extract<Content[number], { readonly type: 'server_tool_use' }>] extends [never]
          ? true
          : false
        : false
    : false;

type Position<Earlier extends readonly unknown[]> = number extends Earlier['length']
  ? ['messages']
  : ['messages', `${Earlier['length']}`, 'role'];

/** The token of a refusal allows to go on with what had come of the answer. */
type PrefillProblem<Request, Model, At extends readonly string[]> = 'fallback_credit_token' extends keyof Request
  ? never
  : Model extends keyof RulesByName
    ? RulesByName[Model]['prefill'] extends 'never'
      ? Wrong<
          At,
          `the last message is the beginning of an answer, which ${Model} does not accept: end with a user message`
        >
      :
          | When<
              ThinkingMode<Request>,
              'enabled',
              Wrong<
                At,
                `the last message is the beginning of an answer, which ${Model} does not accept while thinking: end with a user message`
              >
            >
          | When<
              Surely<Surely<Request, 'output_config'>, 'format'>,
              object,
              Wrong<At, 'an output format cannot be combined with the beginning of an answer: end with a user message'>
            >
    : never;
