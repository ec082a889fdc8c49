/** The demo's files (API reference, "Files"): in memory, and little of it. */
import { randomBytes } from 'node:crypto';
import { pageByCursor } from './paging.ts';
import { type FormPart, failed, invalid, json, notFound, type Response, type Route } from './response.ts';

interface StoredFile {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly expiresAt: number | undefined;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly downloadable: boolean; readonly mime_type: string };
}

/** Bytes of all files together. */
const mostBytes = 64 * 1024 * 1024;

/** The real service gives back only what tools made; that would leave nothing to try here. */
const note = 'Demo: text files can be downloaded. The real service lets only files be downloaded that a tool made.';

export function createFileRoutes(): readonly Route[] {
  const files = new Map<string, StoredFile>();
  /** Does it with the file, or says that it is not there any more. */
  const withFile = (id: string | undefined, act: (file: StoredFile) => Response): Response => {
    const file = files.get(id ?? '');
    if (file === undefined) return notFound(`file: ${id ?? ''}`);
    return (file.expiresAt ?? Number.POSITIVE_INFINITY) > Date.now() ? act(file) : expired(file.id);
  };
  const upload = (form: readonly FormPart[] | undefined): Response => {
    const part = form?.find(({ name }) => name === 'file');
    if (part === undefined) return invalid('file: Field required');
    const seconds = secondsIn(form);
    if (seconds === 'invalid') return invalid('expires_in_seconds: must be from 3600 to 7776000');
    const used = [...files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (used + part.bytes.length > mostBytes)
      return invalid('The demo keeps 64 MB of files. Delete some.', 'storage_quota_exceeded');
    const file = storedFrom(part, seconds);
    files.set(file.id, file);
    return json(file.metadata);
  };
  const list = (query: URLSearchParams): Response => {
    const ids = query.getAll('ids[]');
    const all = [...files.values()].map(({ id, metadata }) => ({ ...metadata, id })).reverse();
    if (ids.length === 0) return pageByCursor(all, query);
    if (query.has('limit') || query.has('page')) return invalid('ids: cannot be combined with limit or page');
    return json({ data: all.filter(({ id }) => ids.includes(id)), next_page: null });
  };
  return [
    { method: 'POST', path: /^\/v1\/files$/, answer: ({ form }) => upload(form) },
    { method: 'GET', path: /^\/v1\/files$/, answer: ({ query }) => list(query) },
    {
      method: 'GET',
      path: /^\/v1\/files\/([^/]*)$/,
      answer: ({ parts: [id] }) => withFile(id, ({ metadata }) => json(metadata)),
    },
    {
      method: 'DELETE',
      path: /^\/v1\/files\/([^/]*)$/,
      answer: ({ parts: [id] }) =>
        withFile(id, (file) => {
          files.delete(file.id);
          return json({ id: file.id, type: 'file_deleted' });
        }),
    },
    { method: 'GET', path: /^\/v1\/files\/([^/]*)\/content$/, answer: ({ parts: [id] }) => withFile(id, contentOf) },
  ];
}

function storedFrom({ bytes, filename, contentType }: FormPart, seconds: number | undefined): StoredFile {
  const id = `file_demo_${randomBytes(12).toString('hex')}`;
  const mime_type = contentType ?? 'application/octet-stream';
  const expiresAt = seconds === undefined ? undefined : Date.now() + seconds * 1000;
  const metadata = {
    id,
    type: 'file',
    filename: filename?.split('/').at(-1) || 'unnamed',
    mime_type,
    size_bytes: bytes.length,
    created_at: new Date().toISOString(),
    downloadable: mime_type.startsWith('text/'),
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    demo: note,
  };
  return { id, bytes, expiresAt, metadata };
}

function secondsIn(form: readonly FormPart[] | undefined): number | undefined | 'invalid' {
  const part = form?.find(({ name }) => name === 'expires_in_seconds');
  if (part === undefined) return undefined;
  const seconds = Number(Buffer.from(part.bytes).toString());
  return Number.isInteger(seconds) && seconds >= 3_600 && seconds <= 7_776_000 ? seconds : 'invalid';
}

const pieceSize = 65_536;

function contentOf({ bytes, metadata }: StoredFile): Response {
  if (!metadata.downloadable) return invalid(note, 'file_not_downloadable');
  const headers = {
    'content-type': metadata.mime_type,
    'content-length': String(bytes.length),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(String(metadata['filename']))}`,
  };
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceSize) }, (_, at) =>
    bytes.subarray(at * pieceSize, (at + 1) * pieceSize),
  );
  return { kind: 'bytes', headers, pieces };
}

function expired(id: string): Response {
  const details = { error_code: 'file_expired' };
  return failed({ status: 404, type: 'not_found_error', message: `The file ${id} has expired`, details });
}
