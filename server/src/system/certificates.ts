/** Reads a file with certificate authorities that the person named in the settings or the environment. */
import { open } from 'node:fs/promises';

const largest = 4_000_000;

/** @throws Error when it is not a regular file of at most 4 MB that holds a PEM certificate. */
export async function readCertificates(file: string): Promise<string> {
  await using handle = await open(file, 'r');
  const { size, isFile } = await handle.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
  if (!isFile) throw new Error('it is not a regular file');
  if (size > largest) throw new Error('it is larger than 4 MB');
  const text = await handle.readFile('utf8');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('it holds no PEM certificate');
  return text;
}
