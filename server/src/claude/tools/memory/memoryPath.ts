/** Paths of memories: below `/memories`, and in no disguise (API reference, "Memory", "Path traversal"). */
import { ToolError } from '../toolError.ts';

/** The directory that holds all. */
export const memoryRoot = '/memories';

/** Dots, slashes, backslashes, percent signs and zero bytes in URL encoding, and bytes that only bad UTF-8 has. */
const encoded = /%(?:2e|2f|5c|25|00|c0|c1|e0%80)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
const control = /[\u0000-\u001f\u007f]/;

/**
 * The path without a slash at its end or doubled ones.
 * @throws ToolError for what leads out of `/memories`, or may do so where others read it.
 */
export function memoryPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  if (!path.startsWith('/') || parts[0] !== memoryRoot.slice(1))
    throw new ToolError(`Error: Path must start with ${memoryRoot}, got: ${shown(path)}`);
  // Wide and composed forms of dots and slashes become plain ones where a file system normalises names.
  const plain = path.normalize('NFKC');
  const leadsOut = plain.includes('\\') || plain.split('/').some((part) => /^\.+ *$/.test(part));
  if (leadsOut || encoded.test(plain) || control.test(plain))
    throw new ToolError(`Error: Path ${shown(path)} would escape ${memoryRoot} directory`);
  return `/${parts.join('/')}`;
}

const longestShown = 200;

function shown(path: string): string {
  return JSON.stringify(path.slice(0, longestShown)).slice(1, -1);
}
