/** Messages and blocks that are refused, and such that pass, for a model that is known only at run time. */
import { describe, expect, test } from 'vitest';
import { assistant, call, hello, madeUpWith, refusals, result, text, user } from '../../../../test/harness/refusals.ts';

const png = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
const image = (source: object = png) => ({ type: 'image', source });
const pdf = { type: 'base64', media_type: 'application/pdf', data: 'AAAA' };
const document = (source: object = pdf, more = {}) => ({ type: 'document', source, ...more });
const found = { type: 'search_result', source: 's', title: 't', content: [text()] };
const citation = { type: 'char_location' };
const system = (content: unknown = 'Be brief.', more = {}) => ({ role: 'system', content, ...more });
const searching = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
const searched = { type: 'web_search_tool_result', tool_use_id: 's', content: [] };
const answered = [...hello, assistant(text())];

describe('messages are refused at', () => {
  test.each<[string, unknown]>([
    ['messages', []],
    ['messages', undefined],
    ['messages', 'hi'],
    ['messages', Array(100_001).fill(hello[0])],
    ['messages.0', ['hi']],
    ['messages.0', [null]],
    ['messages.0.role', [{ role: 'tool', content: 'x' }]],
    ['messages.0.content', [{ role: 'user', content: 5 }]],
    ['messages.0.content', [{ role: 'user' }]],
    ['messages.0.content.0', [user('x')]],
    ['messages.0.content.1', [user(text(), { text: 'x' })]],
    ['messages.0.content.0.text', [user({ type: 'text' })]],
    ['messages.0.content.1.citations', [user(text(), text({ citations: [citation] }))]],
    ['messages.1.content.0', [...hello, assistant(document()), ...hello]],
    ['messages.1.content.0', [...hello, assistant(image()), ...hello]],
    ['messages.0.content.0', [user({ type: 'thinking', thinking: '', signature: 's' })]],
    ['messages.0.content.0', [user(searched)]],
    ['messages.0.content.0', [user({ type: 'tool_reference', tool_name: 'x' })]],
    ['messages.0.content.0', [user({ type: 'tool_addition', tool: { type: 'tool_reference', name: 'x' } })]],
    ['messages.0.content.1', [user(text(), { type: 'compaction', content: 'so far' })]],
    ['messages.1.content.0.signature', [...hello, assistant({ type: 'thinking', thinking: '' }), ...hello]],
    ['messages.1.content.0.data', [...hello, assistant({ type: 'redacted_thinking' }), ...hello]],
    [
      'messages.1.content.0.citations.0.cache_control',
      [...hello, assistant(text({ citations: [{ ...citation, cache_control: { type: 'ephemeral' } }] })), ...hello],
    ],
  ])('%s: %j', (field, messages) => {
    expect(refusals({ messages })).toEqual([field]);
  });

  test.each<[string, object]>([
    ['source', { type: 'image' }],
    ['source.type', image({ type: 's3' })],
    ['source.media_type', image({ ...png, media_type: 'image/bmp' })],
    ['source.data', image({ ...png, data: 5 })],
    ['source.data', image({ ...png, data: 'A'.repeat(10 * 1024 * 1024 + 1) })],
    ['source.url', image({ type: 'url' })],
    ['source.file_id', image({ type: 'file', file_id: 5 })],
    ['transformations.oversized_image', { ...image(), transformations: { oversized_image: 'crop' } }],
    ['source.media_type', document({ ...pdf, media_type: 'text/html' })],
    ['source.media_type', document({ type: 'text', media_type: 'text/html', data: '' })],
    ['source.content.0.type', document({ type: 'content', content: [{ type: 'audio' }] })],
    [
      'source.content.0.source.media_type',
      document({ type: 'content', content: [image({ ...png, media_type: 'x' })] }),
    ],
    ['source.content.0.citations', document({ type: 'content', content: [text({ citations: [citation] })] })],
    ['citations.enabled', document(pdf, { citations: { enabled: 'yes' } })],
    ['title', document(pdf, { title: 5 })],
    ['content.0.citations', { ...found, content: [text({ citations: [citation] })] }],
    ['title', { ...found, title: undefined }],
    ['file_id', { type: 'container_upload' }],
  ])('messages.2.content.0.%s', (field, block) => {
    expect(refusals({ messages: [...answered, user(block)] })).toEqual([`messages.2.content.0.${field}`]);
    const inResult = [...hello, assistant(call()), user(result('a', { content: [block] }))];
    const isMedia = 'type' in block && block.type !== 'container_upload';
    if (isMedia) expect(refusals({ messages: inResult })).toEqual([`messages.2.content.0.content.0.${field}`]);
  });

  test('messages when there are too many images and PDFs, results of tools included', () => {
    const messages = (count: number) => [
      ...hello,
      assistant(call()),
      user(result('a', { content: [image(), document()] }), ...Array(count - 2).fill(image())),
    ];
    const rules = madeUpWith({});
    expect(refusals({ messages: messages(600) })).toEqual([]);
    expect(refusals({ messages: messages(601) })).toEqual(['messages']);
    expect(refusals({ messages: messages(101) }, { rules: { ...rules, contextWindow: 200_000 } })).toEqual([
      'messages',
    ]);
    expect(refusals({ messages: messages(100) }, { rules: { ...rules, contextWindow: 200_000 } })).toEqual([]);
  });
});

describe('system messages', () => {
  test.each<[readonly string[], readonly unknown[]]>([
    [['messages.0.role'], [system(), assistant(text()), ...hello]],
    [
      ['messages.0.role', 'messages.0.role'],
      [system(), ...hello],
    ],
    [['messages.2.role'], [...answered, system()]],
    [['messages.1.role'], [...hello, system(), ...hello]],
    [['messages.1.role'], [...hello, system(), system(), ...hello]],
    [['messages.1.clear_at'], [...hello, system('x', { clear_at: 'soon' })]],
    [['messages.1.output_config.effort'], [...hello, system('x', { output_config: { effort: 'enormous' } })]],
    [['messages.0.clear_at'], [{ ...hello[0], clear_at: 'never' }]],
    [['messages.0.output_config'], [{ ...hello[0], output_config: {} }]],
    [['messages.1.content'], [...hello, { role: 'system' }]],
    [['messages.1.content.0'], [...hello, system([image()])]],
    [['messages.1.content.0.tool.type'], [...hello, system([{ type: 'tool_removal', tool: {} }])]],
  ])('are refused at %j: %j', (fields, messages) => {
    expect(refusals({ messages })).toEqual(fields);
  });

  test.each<[readonly unknown[]]>([
    [[...hello, system()]],
    [[...hello, system(), assistant(text()), ...hello]],
    [[...hello, assistant(searching, searched), system()]],
    [[...hello, { role: 'system', output_config: { effort: 'low' } }]],
    [
      [
        ...hello,
        system([{ type: 'tool_addition', tool: { type: 'tool_reference', name: 'x' } }], { clear_at: 'never' }),
      ],
    ],
  ])('pass: %j', (messages) => {
    expect(refusals({ messages })).toEqual([]);
  });
});

describe('calls and results', () => {
  const asked = [...hello, assistant(text(), call())];
  test.each<[readonly string[], readonly unknown[]]>([
    [['messages.1.content.1'], asked],
    [['messages.2.content'], [...asked, ...hello]],
    [['messages.2.content'], [...hello, assistant(call(), call('b')), user(result())]],
    [['messages.2.content.1.tool_use_id'], [...asked, user(result(), result('b'))]],
    [['messages.2.content.1.tool_use_id'], [...asked, user(result(), result())]],
    [['messages.2.content.1'], [...asked, user(text(), result())]],
    [['messages.2.content.0.tool_use_id'], [...answered, user(result())]],
    [['messages.0.content.0.tool_use_id'], [user(result())]],
    [['messages.3.content.0'], [...asked, { role: 'user', content: 'wait' }, user(result())]],
    [['messages.1.content.1.id'], [...hello, assistant(call(), call()), user(result())]],
    [['messages.1.content.0.input'], [...hello, assistant(call('a', { input: '{}' })), user(result())]],
    [['messages.2.content.0.is_error'], [...asked, user(result('a', { is_error: 'yes' }))]],
    [['messages.2.content.0.content'], [...asked, user(result('a', { content: 5 }))]],
    [['messages.2.content.0.content.0'], [...asked, user(result('a', { content: [call('b')] }))]],
    [
      ['messages.2.content.0.content.0.citations'],
      [...asked, user(result('a', { content: [text({ citations: [citation] })] }))],
    ],
    [['messages.2.content.1'], [...hello, assistant(searching, call()), user(result(), text())]],
    [['messages.2.content'], [...hello, assistant(searching), { role: 'user', content: 'and?' }]],
  ])('are refused at %j: %j', (fields, messages) => {
    expect(refusals({ messages })).toEqual(fields);
  });

  test.each<[readonly unknown[]]>([
    [[...asked, user(result())]],
    [[...asked, user(result(), text())]],
    [[...asked, user(result('a', { is_error: true })), ...hello]],
    [[...asked, user(result()), system()]],
    [[...hello, assistant(call(), call('b')), user(result('b')), user(result())]],
    [[...hello, assistant(text()), assistant(call()), user(result()), assistant(call()), user(result())]],
    [[...hello, assistant(searching, call()), user(result())]],
    [[...hello, assistant(searching, searched, call()), user(result(), text())]],
    [[...hello, assistant(searching)]],
    [[...hello, assistant(searching, text())]],
    [
      [
        ...asked,
        user(
          result('a', { content: [text(), image(), document(), found, { type: 'tool_reference', tool_name: 'x' }] }),
        ),
      ],
    ],
    [[...hello, assistant({ type: 'block_of_tomorrow' }), user({ type: 'block_of_tomorrow' })]],
    [[...hello, assistant(text({ citations: [citation] })), ...hello]],
    [[user({ type: 'compaction', content: 'so far' }, text())]],
    [[...hello, assistant({ type: 'compaction', content: null }, text()), ...hello]],
    [
      [
        ...hello,
        assistant({ type: 'redacted_thinking', data: 'd' }, { type: 'thinking', thinking: '', signature: 's' }, text()),
        ...hello,
      ],
    ],
  ])('pass: %j', (messages) => {
    expect(refusals({ messages })).toEqual([]);
  });

  test('of a toolset repeat its name, and hold text and images', () => {
    const click = call('a', { toolset_name: 'browser' });
    const answer = (more: object) => [...hello, assistant(click), user(result('a', more))];
    const state = { type: 'browser_state', tabs: [] };
    const named = { toolset_name: 'browser' };
    expect(refusals({ messages: answer({ ...named, content: [text(), image(), state] }) })).toEqual([]);
    expect(refusals({ messages: answer({}) })).toEqual(['messages.2.content.0.toolset_name']);
    expect(refusals({ messages: answer({ ...named, content: [document()] }) })).toEqual([
      'messages.2.content.0.content.0',
    ]);
    expect(refusals({ messages: answer({ ...named, content: [state, state] }) })).toEqual([
      'messages.2.content.0.content.1',
    ]);
  });
});
