/** The licences of the packages of which something is in a bundle, as one text. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { root } from './places.ts';

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });

/**
 * @param inputs the bundles' source files, relative to the repository
 * @throws Error when a package has no licence text: it must not be shipped then.
 */
export async function thirdPartyNotices(inputs: readonly string[]): Promise<string> {
  const folders = [...new Set(inputs.flatMap(packageFolder))].sort();
  const notices = await Promise.all(folders.map(noticeOf));
  const unique = [...new Set(notices)];
  return `Gloss contains parts of the packages below.\n\n${unique.join(`\n${'─'.repeat(80)}\n\n`)}`;
}

/** `node_modules/@scope/name/lib/x.js` → `node_modules/@scope/name`, the innermost where they are nested. */
function packageFolder(input: string): readonly string[] {
  const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
  return found === null ? [] : [found[0]];
}

async function noticeOf(folder: string): Promise<string> {
  const place = path.resolve(root, folder);
  const manifest = Manifest.parse(JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8')));
  const file = (await readdir(place)).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  if (file === undefined) throw new Error(`${manifest.name} has no licence text: it cannot be shipped.`);
  const text = (await readFile(path.join(place, file), 'utf8')).replaceAll('\r\n', '\n').trim();
  return `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n${text}\n`;
}
