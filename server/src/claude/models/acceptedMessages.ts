/** What is wrong with messages, to the compiler: who may say what, and where (API reference, "Messages"). */
import type { AssistantBlock, UserBlock } from '../schema/requestBlocks.ts';
import type { Given, Literal, Typed, When, Within, Wrong } from './acceptedProblem.ts';
import type { RulesByName } from './table.ts';

/** What is wrong in each message, whatever is added to the conversation. */
export type MessageProblem<Request> = EachProblem<Given<Request, 'messages'>, Literal<Request, 'model', string>>;

type EachProblem<Messages, Model> = Messages extends readonly unknown[]
  ? number extends Messages['length']
    ? never
    : {
        [Index in keyof Messages]: Within<['messages', Index & string], OneProblem<Typed<Messages[Index]>, Model>>;
      }[number]
  : never;

type OneProblem<Message, Model> = Message extends { readonly role: 'system' }
  ? Model extends keyof RulesByName
    ? When<
        RulesByName[Model],
        { readonly systemMessages: false },
        Wrong<['role'], `${Model} does not accept system messages inside messages: use system at the top`>
      >
    : never
  : Message extends { readonly role: infer Role extends 'user' | 'assistant'; readonly content: infer Content }
    ? Within<['content'], ContentProblem<Content, Role> | OrderProblem<Content, Role>>
    : never;

type ContentProblem<Content, Role extends 'user' | 'assistant'> = Content extends readonly unknown[]
  ? number extends Content['length']
    ? never
    : { [Index in keyof Content]: Within<[Index & string], BlockProblem<Typed<Content[Index]>, Role>> }[number]
  : never;

/** Types of blocks, by who may say them. */
interface BlockTypes {
  readonly user: UserBlock['type'] | 'compaction';
  readonly assistant: AssistantBlock['type'];
}

type BlockProblem<Block, Role extends 'user' | 'assistant'> = Block extends { readonly type: infer Type extends string }
  ?
      | (Type extends BlockTypes[Role]
          ? never
          : Type extends BlockTypes['user' | 'assistant']
            ? Wrong<
                ['type'],
                Role extends 'user'
                  ? `a block of type ${Type} cannot stand in a user message: it belongs to the assistant`
                  : `a block of type ${Type} cannot stand in an assistant message: move it to a user message`
              >
            : never)
      | When<
          Block,
          { readonly text: ''; readonly cache_control: object },
          Wrong<['cache_control'], 'empty text cannot be cached: leave cache_control out'>
        >
  : never;

/** Results of tools come first in their message. */
type OrderProblem<Content, Role> = Role extends 'user'
  ? Content extends readonly [infer First, ...infer Rest]
    ? First extends { readonly type: 'tool_result' }
      ? OrderProblem<Rest, Role>
      : When<
          Rest[number],
          { readonly type: 'tool_result' },
          Wrong<[], 'tool_result blocks come first in their message: move other blocks behind them'>
        >
    : never
  : never;
