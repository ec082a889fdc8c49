/** Forms with files, written while they are sent (RFC 7578; names quoted as browsers do it). */
import type { Upload } from '../caller.ts';
import type { StreamedBody } from '../transport/transport.ts';

/** A field of a form: text, or a file. */
export type FormPart =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly filename: string;
      readonly contentType: string;
      readonly body: StreamedBody;
    };

/** Fields that this client does not know yet: texts and numbers as they are, anything else as JSON. */
export function extraFields(extra: Readonly<Record<string, unknown>> = {}): readonly FormPart[] {
  return Object.entries(extra).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}

/** The form as a body: as long as its parts are, if all of them know; to be sent again if all of them can. */
export function multipart(parts: readonly FormPart[]): Upload {
  // Random, so that no file can hold it by chance or on purpose.
  const boundary = `form-${globalThis.crypto.randomUUID()}`;
  const pieces = parts.map((part) => ({ head: headOf(part, boundary), body: bodyOf(part) }));
  const tail = Buffer.from(`--${boundary}--\r\n`);
  const length = pieces.reduce<number | undefined>(
    (sum, { head, body }) =>
      sum === undefined || body.length === undefined ? undefined : sum + head.length + body.length + lineEnd.length,
    tail.length,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: {
      ...(length !== undefined && { length }),
      replayable: pieces.every(({ body }) => body.replayable),
      async *open() {
        for (const { head, body } of pieces) {
          yield head;
          yield* body.open();
          yield lineEnd;
        }
        yield tail;
      },
    },
  };
}

const lineEnd = Buffer.of(13, 10);

function headOf(part: FormPart, boundary: string): Buffer {
  const file = 'filename' in part ? `; filename="${quoted(part.filename)}"` : '';
  const type = 'filename' in part ? `content-type: ${part.contentType}\r\n` : '';
  return Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(part.name)}"${file}\r\n${type}\r\n`,
  );
}

function bodyOf(part: FormPart): StreamedBody {
  return 'body' in part ? part.body : bytesBody(Buffer.from(part.value));
}

/** What would end the name or its line is percent-encoded; other scripts go as UTF-8. */
function quoted(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is encoded.
  return name.toWellFormed().replace(/["\u0000-\u001f\u007f]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** Bytes per piece: a socket takes no more at once. */
const pieceSize = 65_536;

/** Bytes that are there already, handed out in pieces. */
export function bytesBody(bytes: Uint8Array): StreamedBody {
  return {
    length: bytes.length,
    replayable: true,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
    },
  };
}
