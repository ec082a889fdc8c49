/** S41: pictures and PDFs are known by their bytes, and bounded before they are sent. */
import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mediaOf } from './media.ts';

const png = (width: number, height: number) => {
  const chunk = (name: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.min(height, 100) * (width + 1)));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
};
const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');
const gif = hex('474946383961 8002 e001 f70000 00000000000000');
const jpeg = hex('ffd8 ffe0 0010 4a46494600010100000100010000 ffc2 0011 08 01e0 0280 03 012200 021101 031101 ffd9');
const webp = {
  lossy: hex('52494646 24000000 57454250 56503820 18000000 300100 9d012a 8002 e001 0000000000'),
  lossless: hex('52494646 24000000 57454250 5650384c 18000000 2f 7fc27700 000000000000000000'),
  extended: hex('52494646 24000000 57454250 56503858 0a000000 00000000 7f0200 df0100 000000'),
};
const pdf = Buffer.from('%PDF-1.4\n1 0 obj << /Type /Pages /Count 2 >>\n<< /Type /Page >> << /Type/Page >>\n%%EOF');

test.each([
  ['PNG', png(640, 480), 'image/png', 23 * 18],
  ['GIF', gif, 'image/gif', 23 * 18],
  ['JPEG', jpeg, 'image/jpeg', 23 * 18],
  ['WebP', webp.lossy, 'image/webp', 23 * 18],
  ['WebP', webp.lossless, 'image/webp', 23 * 18],
  ['WebP', webp.extended, 'image/webp', 23 * 18],
  ['PNG', png(8_000, 8_000), 'image/png', 4_784],
])('a picture is sent as what it is, whatever it is called: %s', (name, bytes, type, tokens) => {
  const media = mediaOf('a.pdf', bytes);
  expect(media).toMatchObject({ kind: 'image', tokens, about: expect.stringContaining(name) });
  expect(typeof media === 'object' && media.block.source).toEqual({
    ...{ type: 'base64', media_type: type, data: bytes.toString('base64') },
  });
});

test('a PDF is a document, with its pages counted and its name made safe', () => {
  expect(mediaOf('a"><b.png', pdf)).toMatchObject({
    ...{ kind: 'document', tokens: 6_000, about: 'PDF, about 2 pages' },
    block: { title: 'a___b.png', source: { media_type: 'application/pdf' } },
  });
});

test.each([
  ['nothing', Buffer.alloc(0), 'neither text nor'],
  ['text', Buffer.from('hello'), 'neither text nor'],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'neither text nor'],
  ['a program', hex('7f454c46 02010100'), 'neither text nor'],
  ['the beginning of a PNG', png(1, 1).subarray(0, 20), 'no whole PNG'],
  ['the beginning of a JPEG', jpeg.subarray(0, 8), 'no whole JPEG'],
  ['a JPEG that leads nowhere', hex('ffd8ff0000000000000000000000000000'), 'no whole JPEG'],
  ['the beginning of a WebP', webp.lossy.subarray(0, 16), 'no whole WebP'],
  ['a PNG without a width', png(0, 5), 'no whole PNG'],
  ['a PNG that is too wide', png(8_001, 1), '8001 x 1'],
  ['too much', Buffer.alloc(7_500_001), 'larger than 7 MB'],
])('what cannot be sent is told: %s', (_name, bytes, why) => {
  expect(mediaOf('a.png', bytes)).toContain(why);
});
