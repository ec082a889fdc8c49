/** Pictures and PDFs as they can be sent: known by their bytes, never by their names, and bounded. Pure. */
import type { DocumentParam, ImageParam } from '../../claude/index.ts';
import { attribute } from '../../text/blocks.ts';

export interface Media {
  readonly kind: 'image' | 'document';
  readonly block: ImageParam | DocumentParam;
  /** Estimated. */
  readonly tokens: number;
  /** For people: "PNG, 640 x 480". */
  readonly about: string;
}

/** Bytes of one: the service takes 10 MB of base64 for a picture. */
export const largestMedia = 7_500_000;
/** Pixels a side. */
const longestSide = 8_000;

/** @returns what it is; or why it cannot be sent, as the end of a sentence. */
export function mediaOf(name: string, bytes: Uint8Array): Media | string {
  if (bytes.length > largestMedia) return `it is larger than ${Math.floor(largestMedia / 1_000_000)} MB.`;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.subarray(0, 5).toString('latin1') === '%PDF-') return pdf(name, view);
  const format = formats.find(({ is }) => is(view));
  if (format === undefined) return 'it is neither text nor a PNG, JPEG, GIF or WebP picture nor a PDF.';
  const size = format.size(view);
  if (size === undefined) return `it is no whole ${format.name} picture.`;
  const { width, height } = size;
  if (width > longestSide || height > longestSide)
    return `it is ${width} x ${height} pixels large, and at most ${longestSide} a side can be sent.`;
  return {
    kind: 'image',
    block: { type: 'image', source: { type: 'base64', media_type: format.type, data: view.toString('base64') } },
    tokens: Math.min(mostImageTokens, Math.ceil(width / 28) * Math.ceil(height / 28)),
    about: `${format.name}, ${width} x ${height}`,
  };
}

/** The service makes larger ones smaller. */
const mostImageTokens = 4_784;
/** Of text and picture together. */
const tokensPerPage = 3_000;

function pdf(name: string, bytes: Buffer): Media {
  const pages = Math.max(1, bytes.toString('latin1').match(/\/Type\s*\/Page(?![\w])/g)?.length ?? 0);
  return {
    kind: 'document',
    block: {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: bytes.toString('base64') },
      title: attribute(name),
    },
    tokens: pages * tokensPerPage,
    about: `PDF, about ${pages} ${pages === 1 ? 'page' : 'pages'}`,
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Format {
  readonly name: string;
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  is(bytes: Buffer): boolean;
  size(bytes: Buffer): Size | undefined;
}

const starts = (bytes: Buffer, hex: string, at = 0) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex;
const filled = (width: number, height: number): Size | undefined =>
  width > 0 && height > 0 ? { width, height } : undefined;

const formats: readonly Format[] = [
  {
    name: 'PNG',
    type: 'image/png',
    is: (bytes) => starts(bytes, '89504e470d0a1a0a'),
    size: (bytes) => (bytes.length < 33 ? undefined : filled(bytes.readUInt32BE(16), bytes.readUInt32BE(20))),
  },
  {
    name: 'GIF',
    type: 'image/gif',
    is: (bytes) => starts(bytes, '474946383761') || starts(bytes, '474946383961'),
    size: (bytes) => (bytes.length < 13 ? undefined : filled(bytes.readUInt16LE(6), bytes.readUInt16LE(8))),
  },
  {
    name: 'WebP',
    type: 'image/webp',
    is: (bytes) => starts(bytes, '52494646') && starts(bytes, '57454250', 8),
    size: webpSize,
  },
  { name: 'JPEG', type: 'image/jpeg', is: (bytes) => starts(bytes, 'ffd8ff'), size: jpegSize },
];

function webpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 30) return undefined;
  switch (bytes.subarray(12, 16).toString('latin1')) {
    case 'VP8 ':
      return filled(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return filled((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return filled(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
    default:
      return undefined;
  }
}

/** From marker to marker to the one that begins the picture. */
function jpegSize(bytes: Buffer): Size | undefined {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return filled(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    // Fill bytes and markers without a length.
    if (marker === 0xff) at++;
    else if (marker === 1 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
