/** The files endpoint (API reference, "Files"). */
import { type Answer, type Caller, json } from '../caller.ts';
import type { RequestOptions } from '../options.ts';
import type { Deleted, FileMetadata, FilePage } from '../schema/files.ts';
import { resourceCheck } from '../schema/load.ts';
import { anyBytes, type Download, download } from './download.ts';
import { extraFields, multipart } from './multipart.ts';
import { cursorList, type PageList } from './pages.ts';
import { part } from './paths.ts';
import { uploaded } from './upload.ts';
import { filenameOf, measured, openSource, typeOf, type UploadSource, unusable } from './uploadSource.ts';

/** About a file that is uploaded. */
export interface UploadParams {
  /** Folders are taken off. Needed where the source has no name of its own; paths and `File`s have one. */
  readonly filename?: string;
  /** The source's own or a guess from the name when absent. */
  readonly contentType?: string;
  /** Seconds after which the service deletes it, 3,600 to 7,776,000; it stays when absent. */
  readonly expiresInSeconds?: number;
  /** Told after each piece; another attempt begins again at 0. */
  readonly onProgress?: (progress: UploadProgress) => void;
}

/** How far an upload is, in bytes. */
export interface UploadProgress {
  /** What the connection has taken; the service may have less. */
  readonly sent: number;
  /** Undefined for streams. */
  readonly total: number | undefined;
}

/** Which files. `ids` cannot be combined with the others. */
export interface FileListParams {
  /** Files on a page, 1 to 1000; 20 when absent. */
  readonly limit?: number;
  /** Where to begin: the `next_page` of an earlier page. */
  readonly page?: string;
  /** Only these, at most 100; those that are not there are left out. */
  readonly ids?: readonly string[];
}

/** The first page when awaited; every file of all pages when iterated over. */
export type FileList = PageList<FilePage, FileMetadata>;

/** Files that the service keeps, for all keys of a workspace. */
export interface Files {
  /**
   * Sends a file of at most 500 MB, without ever holding it whole. Streams can be sent once, so that only what fails
   * before their first byte is tried again; everything else is tried again as any call.
   * @throws ClaudeError of kind `too_large`, `invalid_request` for what cannot be read, `conflict` for a file that
   *   changed while it was sent.
   */
  upload(source: UploadSource, params?: UploadParams, options?: RequestOptions): Answer<FileMetadata>;
  /** The files, newest first. */
  list(params?: FileListParams, options?: RequestOptions): FileList;
  /** What is known of a file, without its content. */
  retrieve(id: string, options?: RequestOptions): Answer<FileMetadata>;
  /**
   * The content of a file, read as fast as you take it. Only files that a tool made can be downloaded. Take it, or
   * call `cancel`: until then it holds a connection.
   */
  download(id: string, options?: RequestOptions): Answer<Download>;
  /** Deletes a file for good. */
  delete(id: string, options?: RequestOptions): Answer<Deleted>;
}

const path = '/v1/files';

/** Files on a page that can be asked for by id. */
const mostIds = 100;

export function createFiles(caller: Caller): Files {
  const one = (id: string) => `${path}/${part(id, 'file id')}`;
  return {
    upload: (source, params = {}, options) =>
      uploaded(
        () => prepared(source, params, options?.extra),
        ({ upload }) => caller.call({ operation: 'files.upload', method: 'POST', path, upload }, options),
        resourceCheck('file'),
      ),
    list: (params = {}, options) =>
      cursorList((page) =>
        json(() => {
          checkIds(params);
          const query = { ...params, ...(page !== undefined && { page }) };
          return caller.call({ operation: 'files.list', method: 'GET', path, query }, options);
        }, resourceCheck('filePage')),
      ),
    retrieve: (id, options) =>
      json(
        () => caller.call({ operation: 'files.retrieve', method: 'GET', path: one(id) }, options),
        resourceCheck('file'),
      ),
    download: (id, options) =>
      download(() => {
        const asked = {
          operation: 'files.download',
          method: 'GET',
          path: `${one(id)}/content`,
          accept: anyBytes,
        } as const;
        return caller.call(asked, options);
      }),
    delete: (id, options) =>
      json(
        () => caller.call({ operation: 'files.delete', method: 'DELETE', path: one(id) }, options),
        resourceCheck('deleted'),
      ),
  };
}

async function prepared(source: UploadSource, params: UploadParams, extra: RequestOptions['extra']) {
  const expiry = expiryOf(params);
  const opened = await openSource(source);
  try {
    const filename = filenameOf(params.filename, opened);
    const contentType = typeOf(params.contentType, opened, filename);
    const total = opened.body.length;
    const body = measured(opened.body, (sent) => params.onProgress?.({ sent, total }));
    return {
      upload: multipart([...expiry, ...extraFields(extra), { name: 'file', filename, contentType, body }]),
      close: opened.close,
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function expiryOf({ expiresInSeconds: seconds }: UploadParams) {
  if (seconds === undefined) return [];
  if (Number.isInteger(seconds) && seconds >= 3_600 && seconds <= 7_776_000)
    return [{ name: 'expires_in_seconds', value: String(seconds) }];
  throw unusable('expiresInSeconds', 'expiresInSeconds must be a whole number from 3600 to 7776000.');
}

function checkIds({ ids, limit, page: from }: FileListParams): void {
  if (ids === undefined) return;
  if (limit !== undefined || from !== undefined)
    throw unusable('ids', 'ids cannot be combined with limit or page. Leave those out.');
  if (new Set(ids).size > mostIds) throw unusable('ids', `there are more than ${mostIds} ids. Ask in several calls.`);
}
