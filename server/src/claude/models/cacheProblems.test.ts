/** Marks of prompt caching that are refused, and such that pass, for a model that is known only at run time. */
import { expect, test } from 'vitest';
import {
  assistant,
  cached,
  call,
  hello,
  refusals,
  result,
  text,
  tool,
  user,
} from '../../../../test/harness/refusals.ts';

const thought = { type: 'thinking', thinking: '', signature: 's' };
const marked = (count: number) => Array(count).fill(text(cached()));
const inResult = [...hello, assistant(call()), user(result('a', { content: marked(1), ...cached() }))];

test.each<[string, object]>([
  ['cache_control.type', { cache_control: { type: 'persistent' } }],
  ['cache_control.type', { cache_control: {} }],
  ['cache_control', { cache_control: 'ephemeral' }],
  ['cache_control.ttl', cached('1d')],
  ['messages.0.content.0.cache_control.ttl', { messages: [user(text(cached('1d')))] }],
  ['system.0.cache_control', { system: [text({ cache_control: true })] }],
  ['cache_control', { messages: [user(...marked(5))] }],
  ['cache_control', { ...cached(), messages: [user(...marked(4))] }],
  ['cache_control', { tools: [{ ...tool, ...cached() }], system: marked(2), messages: inResult }],
  ['cache_control.ttl', { ...cached('1h'), messages: [user(text(), text(cached()))] }],
  ['cache_control.ttl', { ...cached(), messages: [user(text(cached('1h')), text({ text: '' }))] }],
  ['cache_control.ttl', { ...cached('1h'), system: marked(1) }],
  ['messages.0.content.0.cache_control.ttl', { system: marked(1), messages: [user(text(cached('1h')))] }],
  ['system.0.cache_control.ttl', { tools: [{ ...tool, ...cached('5m') }], system: [text(cached('1h'))] }],
  [
    'messages.1.content.0.cache_control',
    { messages: [...hello, assistant({ ...thought, ...cached() }, text()), ...hello] },
  ],
  ['messages.0.content.0.cache_control', { messages: [user(text({ text: '', ...cached() }), text())] }],
  ['system.0.cache_control', { system: [text({ text: '', ...cached() })] }],
])('caching is refused at %s: %j', (field, fields) => {
  expect(refusals(fields)).toEqual([field]);
});

test.each<[object]>([
  [cached()],
  [cached('1h')],
  [{ messages: [user(...marked(4))] }],
  [{ ...cached(), messages: [user(...marked(3), text())] }],
  [{ ...cached(), messages: [user(text(), text(cached('5m')))] }],
  [{ ...cached(), tools: [{ ...tool, ...cached('1h') }], system: [text(cached('1h'))] }],
  [{ messages: [user(text({ cache_control: null }), text(cached()))] }],
  [{ ...cached('1h'), messages: [user(text(cached('5m'))), ...hello].slice(1) }],
])('caching passes: %j', (fields) => {
  expect(refusals(fields)).toEqual([]);
});
