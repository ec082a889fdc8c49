/** Conversations that the API refuses: none of them compiles. */
import { create, say, type Wrong } from './program.ts';

const user = "{ role: 'user', content: 'hi' }";

export const wrongMessages: readonly Wrong[] = [
  ['no messages', say(''), '"messages is empty: add at least one user message"'],
  [
    'messages that are one',
    create("model: 'claude-opus-5', max_tokens: 9, messages: 'hi'"),
    "Type 'string' is not assignable to type",
  ],
  ['an unknown role', say("{ role: 'tool', content: 'x' }"), 'Type \'"tool"\' is not assignable to type'],
  [
    'an answer that comes first',
    say(`{ role: 'assistant', content: 'Hello.' }, ${user}`),
    '"the first message must come from the user"',
  ],
  [
    'a system message that comes first',
    say(`{ role: 'system', content: 'Be brief.' }, ${user}`),
    '"a system message must directly follow a user message"',
  ],
  [
    'a system message after an answer',
    say(`${user}, { role: 'assistant', content: 'Hello.' }, { role: 'system', content: 'Be brief.' }`),
    '"a system message must directly follow a user message"',
  ],
  [
    'a system message before a user message',
    say(`${user}, { role: 'system', content: 'Be brief.' }, ${user}`),
    '"a system message must be the last one or come directly before an assistant message"',
  ],
  [
    'a document in an answer',
    say(
      `${user}, { role: 'assistant', content: [{ type: 'document', source: { type: 'file', file_id: 'f' } }] }, ${user}`,
    ),
    '"a block of type document cannot stand in an assistant message: move it to a user message"',
  ],
  [
    'a picture in an answer',
    say(
      `${user}, { role: 'assistant', content: [{ type: 'image', source: { type: 'file', file_id: 'f' } }] }, ${user}`,
    ),
    '"a block of type image cannot stand in an assistant message: move it to a user message"',
  ],
  [
    'a call of a tool in a user message',
    say("{ role: 'user', content: [{ type: 'tool_use', id: 't', name: 'run', input: {} }] }"),
    '"a block of type tool_use cannot stand in a user message: it belongs to the assistant"',
  ],
  [
    'thinking in a user message',
    say("{ role: 'user', content: [{ type: 'thinking', thinking: '', signature: 's' }] }"),
    '"a block of type thinking cannot stand in a user message: it belongs to the assistant"',
  ],
  [
    'text with citations in a user message',
    say(
      "{ role: 'user', content: [{ type: 'text', text: 'x', citations: [{ type: 'page_location', cited_text: 'x', document_index: 0, document_title: null, start_page_number: 1, end_page_number: 2 }] }] }",
    ),
    '"text with citations is an answer, refused elsewhere: leave citations out"',
  ],
  [
    'text with citations in a search result',
    say(
      "{ role: 'user', content: [{ type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'x', citations: [{}] }] }] }",
    ),
    '"text with citations is an answer, refused elsewhere: leave citations out"',
  ],
  [
    'the answer of a tool after text',
    say("{ role: 'user', content: [{ type: 'text', text: 'Here.' }, { type: 'tool_result', tool_use_id: 't' }] }"),
    '"tool_result blocks come first in their message: move other blocks behind them"',
  ],
  [
    'empty text that is to be cached',
    say("{ role: 'user', content: [{ type: 'text', text: '', cache_control: { type: 'ephemeral' } }] }"),
    '"empty text cannot be cached: leave cache_control out"',
  ],
  [
    'a picture of a kind that does not exist',
    say(
      "{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/bmp', data: '' } }] }",
    ),
    '"image/bmp"',
  ],
  [
    'a document of a kind that does not exist',
    say(
      "{ role: 'user', content: [{ type: 'document', source: { type: 'base64', media_type: 'text/html', data: '' } }] }",
    ),
    '"text/html"',
  ],
  [
    'a misspelt field of a block',
    say("{ role: 'user', content: [{ type: 'text', text: 'x', cache_contrl: { type: 'ephemeral' } }] }"),
    '"cache_contrl is not a field of content of type text: leave it out"',
  ],
  [
    'a misspelt field of a block of an answer',
    say(`${user}, { role: 'assistant', content: [{ type: 'text', text: 'x', citation: [] }] }, ${user}`),
    '"citation is not a field of content of type text: did you mean citations?"',
  ],
  [
    'thinking with a mark of the cache',
    say(
      `${user}, { role: 'assistant', content: [{ type: 'thinking', thinking: '', signature: 's', cache_control: { type: 'ephemeral' } }] }, ${user}`,
    ),
    '"cache_control is not a field of content of type thinking: leave it out"',
  ],
  [
    'the answer of a tool without its call',
    say("{ role: 'user', content: [{ type: 'tool_result', content: 'x' }] }"),
    'tool_use_id',
  ],
  [
    'a misspelt field of a message',
    say("{ role: 'user', content: 'hi', name: 'Ann' }"),
    '"name is not a field of messages: leave it out"',
  ],
  [
    'a system message that is shown for an unknown time',
    say(`${user}, { role: 'system', content: 'x', clear_at: 'later' }`),
    '"later"',
  ],
  [
    'a citation that is switched on with a word',
    say(
      "{ role: 'user', content: [{ type: 'document', source: { type: 'url', url: 'u' }, citations: { enabled: 'yes' } }] }",
    ),
    "Type 'string' is not assignable to type 'boolean",
  ],
];
