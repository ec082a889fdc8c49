/** Forms: what is written is what another parser reads, whatever the names are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sample } from '../../../../test/harness/scale.ts';
import { formIn } from '../../demo/multipart.ts';
import { bytesBody, multipart } from './multipart.ts';

async function written(filename: string, contents: Uint8Array) {
  const file = { name: 'file', filename, contentType: 'text/plain', body: bytesBody(contents) };
  const { contentType, body } = multipart([{ name: 'a "b"\r\n', value: 'ü\r\n--x' }, file]);
  if (body instanceof Uint8Array) throw new Error('a form is streamed');
  const pieces: Uint8Array[] = [];
  for await (const piece of body.open()) pieces.push(piece);
  return { contentType, bytes: Buffer.concat(pieces), length: body.length };
}

const contents = Buffer.from('\0\r\n--form-\r\n\r\n--form-x--\r\n\xff', 'latin1');

// The list of strings that trouble parsers; https://github.com/minimaxir/big-list-of-naughty-strings
const naughty: readonly string[] = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../../../test/corpora/naughty-strings.json'), 'utf8'),
);
const names = [
  'plain.txt',
  'with "quotes".txt',
  "with 'quotes'; filename=x.txt",
  'line\r\nbreak: x\r\n\r\n.txt',
  'back\\slash',
  'percent%22%0D%0A.txt',
  'Ünïcödé 世界 👩‍👩‍👧‍👦.txt',
  '\u202etxt.exe',
  '\ufeff',
  'a'.repeat(2_000),
  ' ',
  ...sample(naughty.filter((name) => name !== '')),
];

/** As another implementation reads it, for which some characters are one, and a byte order mark in front is none. */
function comparable(name: string | undefined): string | undefined {
  return name
    ?.toWellFormed()
    .replace(/^\ufeff/, '')
    .replaceAll('%22', '"')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n');
}

describe('a form with a file called', () => {
  test.each(names)('%j is read by Node as it was written', async (name) => {
    const { contentType, bytes } = await written(name, contents);
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
    const file = form.get('file');
    if (!(file instanceof File)) throw new Error('no file');
    // Node's parser does not decode control characters other than line breaks; ours are percent-encoded.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is encoded.
    const sent = name.replace(/[\0-\t\v\f\x0e-\x1f\x7f]/g, (it) => encodeURIComponent(it));
    expect(comparable(file.name)).toBe(comparable(sent));
    expect(Buffer.from(await file.arrayBuffer()).equals(contents)).toBe(true);
    expect([...form.keys()]).toHaveLength(2);
    expect(form.getAll('a "b"\r\n').length + form.getAll('a %22b%22%0D%0A').length).toBe(1);
  });
});

test('its length is known when those of its parts are, and is right', async () => {
  for (const size of [0, 1, 65_536, 200_001]) {
    const { bytes, length } = await written('ü".txt', new Uint8Array(size));
    expect(bytes.length).toBe(length);
  }
  const open = async function* () {};
  const file = { name: 'f', filename: 'f', contentType: 'text/plain', body: { replayable: false, open } };
  expect(multipart([file]).body).toMatchObject({ replayable: false });
  expect(multipart([file]).body.length).toBeUndefined();
});

test('two forms have different boundaries', async () => {
  const [one, other] = [await written('a', contents), await written('a', contents)];
  expect(one.contentType).not.toBe(other.contentType);
});

test('the demo reads the same', async () => {
  const { contentType, bytes } = await written('a "b".txt', contents);
  const form = formIn(contentType, bytes);
  expect(form?.map(({ name, filename }) => [name, filename])).toEqual([
    ['a "b"\r\n', undefined],
    ['file', 'a "b".txt'],
  ]);
  expect(Buffer.from(form?.[1]?.bytes ?? []).equals(contents)).toBe(true);
});
