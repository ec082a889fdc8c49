/** Finds where a path really leads, and whether that is inside a folder (threats S6, S7, S9). */
import { lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../ports.ts';
import { hasCode, reasonOf } from './failures.ts';

/** Where a path leads in the end. */
export interface Resolved {
  /** Without links; what does not exist yet is taken as it is spelled. */
  readonly path: string;
  /** The last link on the way, where there is one. */
  readonly link: string | undefined;
}

/**
 * The path that a `file:` URI names.
 * @throws Refusal for other schemes, hosts, encoded separators, control characters, device and network forms: before any file is touched.
 */
export function pathOf(uri: string): string {
  if (!/^file:\/\/\//i.test(uri)) throw refused(uri, 'it is not a file on this machine');
  if (/[\p{Cc}\\?#]|%(?:0|1|2f|5c|7f)/iu.test(uri)) throw refused(uri, 'it holds characters that no path may hold');
  const file = convertedPath(uri);
  if (/^[\\/]{2}|^[\\/]\?{1,2}[\\/]/.test(file)) throw refused(uri, 'it is a network or device path');
  if (process.platform === 'win32' && file.slice(2).split(/[\\/]/).some(isUnsafeOnWindows)) {
    throw refused(uri, 'Windows gives its name another meaning');
  }
  return file;
}

function convertedPath(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    throw refused(uri, 'it is not a well-formed file URI');
  }
}

/** Streams (`a:b`), names that lose their ending, short names, devices. */
function isUnsafeOnWindows(name: string): boolean {
  return /[:*"<>|]|[. ]$|~\d|^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i.test(name);
}

/**
 * Follows every link by hand, also dangling ones, so that the result is where a read or a write would land.
 * @throws Refusal after 40 links: a loop, or made to look like none.
 */
export function resolveLinks(file: string): Resolved {
  const { root } = path.parse(path.resolve(file));
  const waiting = partsOf(path.resolve(file)).reverse();
  let reached = root;
  let link: string | undefined;
  let hops = 0;
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const next = part === '..' ? path.dirname(reached) : path.join(reached, part);
    const target = targetOf(next);
    if (target === undefined) {
      reached = next;
      continue;
    }
    link = next;
    hops++;
    if (hops > mostHops)
      throw new Refusal(`${file} was not opened: it leads through more than ${mostHops} links.`, 'links');
    if (path.isAbsolute(target)) reached = path.parse(target).root;
    waiting.push(...partsOf(target).reverse());
  }
  return { path: reached, link };
}

const mostHops = 40;

function partsOf(file: string): string[] {
  return file
    .slice(path.parse(file).root.length)
    .split(path.sep)
    .filter((part) => part !== '' && part !== '.');
}

/** Where a link points; undefined for everything else, also for what is not there. */
function targetOf(file: string): string | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(file) : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw new Refusal(`${file} was not opened: ${reasonOf(error)}.`, 'unreadable');
  }
}

/** The path below a folder with forward slashes, compared component by component; undefined outside. The folder itself is `''`. */
export function pathBelow(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, file);
  const parts = relative.split(path.sep);
  return parts[0] === '..' || path.isAbsolute(relative) ? undefined : parts.join('/');
}

function refused(uri: string, why: string): Refusal {
  return new Refusal(`${uri.slice(0, 200)} was not opened: ${why}.`, 'path');
}
