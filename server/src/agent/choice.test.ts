/** The model and the effort of a chat: from the settings until something else is chosen in it, and then for its next question. */
import { expect, test } from 'vitest';
import { engine } from '../../../test/harness/engine.ts';
import { fakeClock } from '../../../test/harness/fakeClock.ts';
import { scriptedTransport } from '../../../test/harness/scriptedTransport.ts';
import { answersOf } from '../../../test/harness/turns.ts';

test('a chat has the model of the settings until another one is chosen, which its next question is asked of', async () => {
  const transport = scriptedTransport(
    fakeClock(),
    answersOf({ says: ['one'] }, { says: ['two'] }, { says: ['three'] }),
  );
  const { begin } = engine({ transport, settings: { model: 'claude-sonnet-5-5', effort: 'medium' } });
  const chat = await begin();
  expect(chat.state()).toMatchObject({ model: 'claude-sonnet-5-5', effort: 'medium' });
  const first = chat.say('First.');
  chat.choose({ model: 'claude-haiku-4-5' });
  chat.choose({ effort: 'low' });
  await first;
  expect(chat.state()).toMatchObject({ model: 'claude-haiku-4-5', effort: 'low', context: { window: 200_000 } });
  await chat.say('Second.');
  const other = await begin();
  expect(other.state()).toMatchObject({ model: 'claude-sonnet-5-5', effort: 'medium' });
  await other.say('Third.');
  const asked = transport.requests.map(({ body }) => JSON.parse(String(body)).model);
  expect(asked.slice(1)).toEqual(['claude-haiku-4-5', 'claude-sonnet-5-5']);
  expect(chat.told.filter(({ type }) => type === 'state').length).toBeGreaterThan(2);
});

test('a model that nobody knows is refused, and nothing is chosen; the one of the settings never is', async () => {
  const { begin } = engine({
    transport: scriptedTransport(fakeClock(), []),
    settings: { model: 'our-gateway-model' },
  });
  const chat = await begin();
  for (const model of ['claude-nothing-9', '', '__proto__', 'constructor', 'claude-sonnet-5-5 '])
    expect(() => chat.choose({ model, effort: 'low' }), model).toThrow('is not known here');
  expect(chat.state()).toMatchObject({ model: 'our-gateway-model', effort: 'high' });
  chat.choose({ model: 'claude-sonnet-5-5' });
  chat.choose({ model: 'our-gateway-model' });
  expect(chat.state().model).toBe('our-gateway-model');
});
