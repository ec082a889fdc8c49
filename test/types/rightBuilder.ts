/** Builders that are complete and fine: all of them compile. */
import type { Right } from './program.ts';

const build = (calls: string) => `claude.message()${calls};`;
const least = ".model('claude-sonnet-5-5').maxTokens(9).user('hi')";

export const rightBuilder: readonly Right[] = [
  ['the least', build(`${least}.send()`)],
  ['a stream', build(`${least}.stream({ signal: AbortSignal.timeout(1) }).text()`)],
  ['a request', `const request: MessageRequest = ${build(`${least}.build()`)}`],
  ['a count, without tokens', build(".user('hi').model('claude-sonnet-5-5').countTokens()")],
  ['a count of a whole request', build(`${least}.stopSequences(['END']).countTokens({})`)],
  ['in another order', build(".user('hi').maxTokens(9).model('claude-sonnet-5-5').send()")],
  [
    'everything',
    build(
      ".model('claude-haiku-5-5').maxTokens(2000).system([{ type: 'text', text: 'Be brief.' }]).user('hi').assistant(answer.content).user([{ type: 'text', text: 'more' }]).thinking({ type: 'adaptive' }).effort('low').tools([run, { type: 'bash_20250124', name: 'bash' }]).toolChoice({ type: 'tool', name: 'run' }).output(format).stopSequences(['END']).cache('1h').metadata({ user_id: 'u' }).with({ service_tier: 'auto', container: 'c' }).options({ betas: ['b'] }).send()",
    ),
  ],
  [
    'thinking off where it can be',
    build(`.thinking({ type: 'disabled' }).effort('high').model('claude-haiku-5-5').maxTokens(9).user('hi').send()`),
  ],
  [
    'thinking that is changed for another model',
    build(
      ".model('claude-haiku-5-5').thinking({ type: 'disabled' }).thinking({ type: 'adaptive' }).model('claude-opus-5-5').maxTokens(9).user('hi').send()",
    ),
  ],
  ['a conversation of variables', build(".messages(history).model('claude-sonnet-5-5').maxTokens(9).send()")],
  [
    'a conversation of variables, and more',
    build(".messages(history).user('and now?').model('claude-sonnet-5-5').maxTokens(9).send()"),
  ],
  [
    'the beginning of an answer on an old model',
    build(".model('claude-opus-4-5').maxTokens(9).user('hi').assistant('{').send()"),
  ],
  ['a deprecated model', build(".model('claude-sonnet-4-5').maxTokens(9).user('hi').send()")],
  [
    'a model that is known at run time',
    build(".model(some).thinking({ type: 'between_tools' }).effort('max').maxTokens(9).user('hi').send()"),
  ],
  [
    'a builder that is kept and used twice',
    `const base = claude.message().model('claude-sonnet-5-5').maxTokens(9);\nbase.user('one').send();\nbase.user('two').effort('low').stream();`,
  ],
  ['the cache filled', build(".model('claude-sonnet-5-5').maxTokens(0).system(some).user('hi').cache().send()")],
  ['text of a variable', build(".model('claude-sonnet-5-5').maxTokens(9).user(some).send()")],
  [
    'an answer of a form',
    "const { value } = await claude.message().model('claude-sonnet-5-5').maxTokens(9).user('hi').output(output(City)).parse({ repairs: 2 });\nconst name: string = value.name;",
  ],
];
