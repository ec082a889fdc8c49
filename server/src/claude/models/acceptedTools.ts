/** What is wrong with tools and the choice among them, to the compiler (API reference, "Tool use", "Tool definitions"). */
import type { Tool, ToolChoice } from '../schema/requestTools.ts';
import type { NameFault } from './acceptedNames.ts';
import type { Given, Literal, Typed, When, Within, Wrong } from './acceptedProblem.ts';

/** What is wrong with the tools themselves, whatever is added to them. */
export type ToolsProblem<Request> =
  Given<Request, 'tools'> extends infer Tools extends readonly unknown[] ? EachProblem<Tools> | Twice<Tools> : never;

type EachProblem<Tools extends readonly unknown[]> = number extends Tools['length']
  ? never
  : { [Index in keyof Tools]: Within<['tools', Index & string], OneProblem<Typed<Tools[Index]>>> }[number];

type OneProblem<One> =
  | (One extends { readonly name: infer Name extends string }
      ? [NameFault<Name>] extends [never]
        ? never
        : Wrong<['name'], `the name of a tool ${NameFault<Name>}: 1 to 64 letters, digits, _ or - are possible`>
      : never)
  | (One extends { readonly type?: 'custom' | null; readonly name: infer Name extends string }
      ? 'input_schema' extends keyof One
        ? never
        : Wrong<[], `the tool ${Name} has no input_schema: say what its input is`>
      : never)
  | RootProblem<Literal<Given<One, 'input_schema'>, 'type', string>>
  | When<
      One,
      { readonly strict: true },
      Within<['input_schema'], OpenProblem<Given<One, 'input_schema'>, 'a strict tool'>>
    >
  | When<
      One,
      { readonly allowed_domains: object; readonly blocked_domains: object },
      Wrong<['blocked_domains'], 'allowed_domains and blocked_domains cannot be combined: leave one of them out'>
    >;

/** A type that may be an object, such as that of a generated schema, is left to the rules at run time. */
type RootProblem<Type> = ['object'] extends [Type]
  ? never
  : [Type] extends [never]
    ? never
    : Wrong<['input_schema', 'type'], 'the input of a tool is an object: its schema must be of type object'>;

/** A literal schema to which inputs or answers are held, and which lets any field in. */
export type OpenProblem<Schema, Whose extends string> = Schema extends { readonly type: 'object' }
  ? string extends keyof Schema
    ? never
    : Schema extends { readonly additionalProperties: infer More }
      ? More extends false
        ? never
        : boolean extends More
          ? never
          : Wrong<['additionalProperties'], `the schema of ${Whose} needs additionalProperties: false`>
      : Wrong<['type'], `the schema of ${Whose} needs additionalProperties: false`>
  : never;

/** Two tools with one name. */
type Twice<
  Tools extends readonly unknown[],
  Names = never,
  Earlier extends readonly unknown[] = [],
  Found = never,
> = Tools extends readonly [infer One, ...infer Rest]
  ? Twice<
      Rest,
      Names | LiteralName<One>,
      [...Earlier, One],
      | Found
      | (LiteralName<One> extends Names
          ? [LiteralName<One>] extends [never]
            ? never
            : Wrong<
                ['tools', `${Earlier['length']}`, 'name'],
                `two tools have the name ${LiteralName<One>}: give each its own`
              >
          : never)
    >
  : Found;

type LiteralName<One> = Literal<One, 'name', string> & string;

/** What is wrong between tools, the choice among them, and MCP servers, once all are given. */
export type ChoiceProblem<Request> =
  | (Given<Request, 'tool_choice'> extends infer Choice
      ? [Choice] extends [never]
        ? never
        : ChosenProblem<Choice, Given<Request, 'tools'>, Request>
      : never)
  | (Given<Request, 'tools'> extends infer Tools ? DeferredProblem<Tools> : never)
  | (Given<Request, 'mcp_servers'> extends infer Servers ? ServersProblem<Servers, Given<Request, 'tools'>> : never)
  | ToolsetsProblem<Given<Request, 'tools'>, Given<Request, 'mcp_servers'>>;

type ChosenProblem<Choice, Tools, Request> = [ToolChoice] extends [Choice]
  ? never
  : Choice extends { readonly type: 'none' }
    ? never
    : [Tools] extends [never] | [readonly []]
      ? Wrong<['tool_choice'], 'tool_choice is given without tools: add tools, or leave it out'>
      : Choice extends { readonly type: 'tool'; readonly name: infer Name extends string }
        ? string extends Name
          ? never
          : NamedProblem<Name, Tools, Request>
        : never;

/** Tools of MCP servers, and those that are defined in the conversation, are not known here. */
type NamedProblem<Name extends string, Tools, Request> = Tools extends readonly unknown[]
  ? number extends Tools['length']
    ? never
    : Name extends NameOf<Tools[number]>
      ? never
      : string extends NameOf<Tools[number]>
        ? never
        : [Extract<Tools[number], { readonly type: 'mcp_toolset' }> | Added<Given<Request, 'messages'>>] extends [never]
          ? Wrong<
              ['tool_choice', 'name'],
              `tool_choice names ${Name}, which is not among the tools: add it, or choose another`
            >
          : never
  : never;

type NameOf<One> = One extends { readonly name: infer Name } ? Name : never;

type Added<Messages> = Messages extends readonly (infer Message)[]
  ? Message extends { readonly role: 'system'; readonly content: readonly unknown[] }
    ? Message
    : never
  : never;

type DeferredProblem<Tools> = Tools extends readonly [unknown, ...unknown[]]
  ? [Typed<Tools[number]>] extends [{ readonly defer_loading: true }]
    ? Wrong<['tools'], 'every tool has defer_loading: at least one must be loaded from the start'>
    : never
  : never;

type ServersProblem<Servers, Tools> = Servers extends readonly unknown[]
  ? number extends Servers['length']
    ? never
    : {
        [Index in keyof Servers]: Within<['mcp_servers', Index & string], ServerProblem<Typed<Servers[Index]>, Tools>>;
      }[number]
  : never;

type ServerProblem<Server, Tools> =
  | (Server extends { readonly url: `http:${string}` }
      ? Wrong<['url'], 'MCP servers are reached over https: only'>
      : never)
  | (Literal<Server, 'name', string> extends infer Name extends string
      ? [Name] extends [never]
        ? never
        : Toolsets<Tools, Name> extends infer Count
          ? Count extends []
            ? Wrong<
                ['name'],
                `the MCP server ${Name} has no toolset: add { type: "mcp_toolset", mcp_server_name: "${Name}" } to tools`
              >
            : Count extends [unknown]
              ? never
              : Count extends readonly unknown[]
                ? Wrong<['name'], `the MCP server ${Name} has several toolsets: keep one`>
                : never
          : never
      : never);

/** The toolsets of a server; never where they are not known. */
type Toolsets<Tools, Name, Found extends readonly unknown[] = []> = [Tools] extends [never]
  ? []
  : Tools extends readonly [infer One, ...infer Rest]
    ? Toolsets<
        Rest,
        Name,
        Tool extends One ? never : One extends { readonly mcp_server_name: Name } ? [...Found, One] : Found
      >
    : Tools extends readonly []
      ? Found
      : never;

type ToolsetsProblem<Tools, Servers> = Tools extends readonly unknown[]
  ? number extends Tools['length']
    ? never
    : {
        [Index in keyof Tools]: Tools[Index] extends { readonly mcp_server_name: infer Name extends string }
          ? string extends Name
            ? never
            : Name extends ServerName<Servers>
              ? never
              : Wrong<
                  ['tools', Index & string, 'mcp_server_name'],
                  `there is no MCP server ${Name}: add it to mcp_servers`
                >
          : never;
      }[number]
  : never;

type ServerName<Servers> = [Servers] extends [never]
  ? never
  : Servers extends readonly (infer Server)[]
    ? Server extends { readonly name: infer Name }
      ? string extends Name
        ? string
        : Name
      : never
    : never;
