/** Builders that would send what the API refuses, or too early: none of them compiles. */
import type { Wrong } from './program.ts';

const build = (calls: string) => `claude.message()${calls};`;

export const wrongBuilder: readonly Wrong[] = [
  ['sent before anything is there', build('.send()'), '"the model is missing: call model() first"'],
  ['sent without a model', build(".maxTokens(9).user('hi').send()"), '"the model is missing: call model() first"'],
  [
    'sent without tokens',
    build(".model('claude-sonnet-5-5').user('hi').send()"),
    '"max tokens are missing: call maxTokens() first"',
  ],
  [
    'sent without a question',
    build(".model('claude-sonnet-5-5').maxTokens(9).system('Be brief.').send()"),
    '"the question is missing: call user() first"',
  ],
  [
    'streamed without a question',
    build(".model('claude-sonnet-5-5').maxTokens(9).stream()"),
    '"the question is missing: call user() first"',
  ],
  [
    'built without tokens',
    build(".model('claude-sonnet-5-5').user('hi').build()"),
    '"max tokens are missing: call maxTokens() first"',
  ],
  [
    'counted without a question',
    build(".model('claude-sonnet-5-5').countTokens()"),
    '"the question is missing: call user() first"',
  ],
  [
    'sent without a question, the model known at run time only',
    build('.model(some).maxTokens(9).send()'),
    '"the question is missing: call user() first"',
  ],
  [
    'an answer at the end',
    build(".model('claude-sonnet-5-5').maxTokens(9).user('hi').assistant('So').send()"),
    '"the last message is the beginning of an answer, which claude-sonnet-5-5 does not accept: end with a user message"',
  ],
  [
    'an answer at the beginning',
    build(".assistant('Hello.').user('hi').model('claude-sonnet-5-5').maxTokens(9).stream()"),
    '"the first message must come from the user"',
  ],
  [
    'no messages of an earlier conversation',
    build(".messages([]).model('claude-sonnet-5-5').maxTokens(9).send()"),
    '"messages is empty: add at least one user message"',
  ],
  [
    'thinking that the model refuses',
    build(".model('claude-opus-5-5').thinking({ type: 'disabled' }).maxTokens(9).user('hi').send()"),
    'claude-opus-5-5 does not accept thinking of type disabled: use adaptive',
  ],
  [
    'a model that refuses the thinking',
    build(".thinking({ type: 'disabled' }).maxTokens(9).user('hi').model('claude-opus-5-5').send()"),
    'claude-opus-5-5 does not accept thinking of type disabled: use adaptive',
  ],
  [
    'effort that the model refuses',
    build(".model('claude-opus-4-6').effort('xhigh')"),
    'claude-opus-4-6 does not accept effort xhigh: use low, medium, high or max',
  ],
  [
    'a model that refuses the effort',
    build(".effort('max').user('hi').model('claude-haiku-4-5')"),
    'claude-haiku-4-5 does not know effort: leave it out',
  ],
  [
    'effort that is too high without thinking, thinking last',
    build(".model('claude-sonnet-5-5').effort('max').thinking({ type: 'between_tools' })"),
    'claude-sonnet-5-5 accepts at most effort high while thinking is between_tools',
  ],
  [
    'more tokens than the model answers with',
    build(".model('claude-haiku-4-5').maxTokens(100_000)"),
    'claude-haiku-4-5 answers with at most 64000 tokens: lower max_tokens',
  ],
  [
    'a model that answers with fewer tokens',
    build(".maxTokens(100_000).model('claude-haiku-4-5')"),
    'claude-haiku-4-5 answers with at most 64000 tokens: lower max_tokens',
  ],
  ['half a token', build('.maxTokens(0.5)'), 'max_tokens is 0.5: it must be a whole number, 0 or more'],
  [
    'no tokens in a stream',
    build(".model('claude-sonnet-5-5').maxTokens(0).user('hi').stream()"),
    '"max_tokens 0 only fills the cache and cannot be streamed: use create, or allow some"',
  ],
  [
    'a retired model',
    build(".model('claude-3-7-sonnet-20250219')"),
    'claude-3-7-sonnet-20250219 was retired on 2026-02-19: use claude-sonnet-5-5',
  ],
  [
    'a forced tool',
    build(".model('claude-opus-5-5').tools([run]).toolChoice({ type: 'any' })"),
    'claude-opus-5-5 cannot be forced to use a tool: use auto, and ask for the tool in words',
  ],
  [
    'a model that cannot be forced',
    build(".tools([run]).toolChoice({ type: 'any' }).model('claude-opus-5-5')"),
    'claude-opus-5-5 cannot be forced to use a tool: use auto, and ask for the tool in words',
  ],
  [
    'a choice that is not among the tools',
    build(
      ".model('claude-opus-5').maxTokens(9).user('hi').toolChoice({ type: 'tool', name: 'walk' }).tools([run]).send()",
    ),
    '"tool_choice names walk, which is not among the tools: add it, or choose another"',
  ],
  [
    'a choice without tools',
    build(".model('claude-opus-5').maxTokens(9).user('hi').toolChoice({ type: 'auto' }).send()"),
    '"tool_choice is given without tools: add tools, or leave it out"',
  ],
  ['two tools of one name', build('.tools([run, run])'), 'two tools have the name run: give each its own'],
  [
    'a forced tool while thinking',
    build(
      ".toolChoice({ type: 'any' }).tools([run]).maxTokens(9000).thinking({ type: 'enabled', budget_tokens: 2000 })",
    ),
    'a tool cannot be forced while thinking is manual: use auto',
  ],
  [
    'a budget of more than the answer',
    build(".thinking({ type: 'enabled', budget_tokens: 2000 }).maxTokens(2000)"),
    'budget_tokens must be less than max_tokens: raise max_tokens or lower budget_tokens',
  ],
  [
    'a call of a tool by the person',
    build(".user([{ type: 'tool_use', id: 't', name: 'run', input: {} }])"),
    'a block of type tool_use cannot stand in a user message: it belongs to the assistant',
  ],
  [
    'a document by the model',
    build(".user('hi').assistant([{ type: 'document', source: { type: 'file', file_id: 'f' } }])"),
    'a block of type document cannot stand in an assistant message: move it to a user message',
  ],
  [
    'a format together with citations',
    build(
      ".user([{ type: 'document', source: { type: 'url', url: some }, citations: { enabled: true } }]).output(format)",
    ),
    'an output format cannot be combined with citations: leave one of them out',
  ],
  ['a temperature', build('.with({ temperature: 1 })'), 'temperature'],
  [
    'another field with a temperature',
    build(".with({ speed: 'fast', temperature: 1 })"),
    'temperature does not exist any more in this version of the API: leave it out',
  ],
  [
    'fast mode on a model without it',
    build(".with({ speed: 'fast' }).model('claude-sonnet-5-5')"),
    'claude-sonnet-5-5 has no fast mode: leave speed out',
  ],
  ['a time to live that does not exist', build(".cache('10m')"), 'Argument of type \'"10m"\' is not assignable'],
  ['a field of the format that is missing', build(".output({ type: 'json_schema' })"), "Property 'schema' is missing"],
  ['a misspelt method', build('.max_tokens(9)'), "Property 'max_tokens' does not exist on type"],
  ['a misspelt option', build('.options({ retry: 1 })'), "'retry' does not exist in type 'MessageOptions'"],
  [
    'parsed without a form',
    build(".model('claude-sonnet-5-5').maxTokens(9).user('hi').output(format).parse()"),
    '"the form of the answer is missing: call output(output(schema)) first"',
  ],
  [
    'parsed without a question',
    build(".model('claude-sonnet-5-5').maxTokens(9).output(output(City)).parse()"),
    '"the question is missing: call user() first"',
  ],
];
