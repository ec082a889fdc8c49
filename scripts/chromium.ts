/** Finds a Chromium for the tests: the one that was named, an installed one, apt's, or the one inside an npm package. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { cacheFolder } from './places.ts';
import { runToEnd } from './processes.ts';
import { canUseApt, findOnPath, installWithApt, isExecutable } from './systemPackages.ts';
import { fetchPackage } from './vscode/install.ts';

/** Carries a headless shell for Linux on x64, packed with brotli. */
const packed = {
  name: '@sparticuz/chromium',
  version: '153.0.0',
  integrity: 'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
};

const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @throws Error with the command to run where no Chromium can be had. */
export async function chromiumPath(say: (step: string) => void): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return checkNamed(named);
  const found = await installedChromium();
  if (found !== undefined) return found;
  const failures: unknown[] = [];
  for (const obtain of [fromApt, fromNpm]) {
    const file = await obtain(say).catch((error: unknown) => void failures.push(error));
    if (file !== undefined) return file;
  }
  throw new AggregateError(failures, `${advice}\n${failures.map(String).join('\n')}`);
}

const advice =
  'The tests need Chromium or Chrome. Install one (on Debian and Ubuntu: ' +
  'sudo apt-get install -y --no-install-recommends chromium) or set CHROMIUM_PATH to one, and run the command again.';

async function checkNamed(file: string): Promise<string> {
  if (await isExecutable(file)) return file;
  throw new Error(`CHROMIUM_PATH is ${file}, which is not a program. Correct it, or unset it to have one found.`);
}

async function installedChromium(): Promise<string | undefined> {
  const program = await findOnPath(...onPath);
  if (program !== undefined) return program;
  for (const file of [...elsewhere, packedBrowser()]) if (await isExecutable(file)) return file;
  return undefined;
}

async function fromApt(say: (step: string) => void): Promise<string | undefined> {
  if (!(await canUseApt())) return undefined;
  say('Installing chromium with apt-get (once, about 20 seconds) …');
  await installWithApt('chromium');
  return findOnPath(...onPath);
}

/** The script that starts the packed browser with what it brings for machines without fonts and libraries. */
function packedBrowser(): string {
  return path.join(cacheFolder(), `chromium-${packed.version}`, 'chromium');
}

const startPacked = `#!/bin/sh
here="$(dirname "$0")"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="$here"
if ldd "$here/headless-shell" | grep -q 'not found'; then export LD_LIBRARY_PATH="$here/lib"; fi
exec "$here/headless-shell" "$@"
`;

/** The packed one looks for its fonts at a fixed place elsewhere. */
const fontsNextToIt =
  '<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>';

async function fromNpm(say: (step: string) => void): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  say('Fetching a headless Chromium from npm (once, about 20 seconds) …');
  const place = path.dirname(packedBrowser());
  await mkdir(cacheFolder(), { recursive: true });
  const building = await mkdtemp(`${place}.`);
  try {
    await unpackBrowser(building);
    await rm(place, { recursive: true, force: true });
    await rename(building, place);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return packedBrowser();
}

async function unpackBrowser(folder: string): Promise<void> {
  const archive = await fetchPackage(packed.name, packed.version, packed.integrity, folder);
  await runToEnd('tar', ['-xzf', archive, '--strip-components=2', 'package/bin'], { cwd: folder });
  await decompress(folder, 'chromium.br', 'headless-shell');
  for (const name of ['al2023.tar', 'fonts.tar']) {
    await decompress(folder, `${name}.br`, name);
    await runToEnd('tar', ['-xf', name], { cwd: folder });
    await rm(path.join(folder, name));
  }
  await rm(path.join(folder, 'swiftshader.tar.br'));
  await rm(path.join(folder, archive));
  await writeFile(path.join(folder, 'fonts.conf'), fontsNextToIt);
  await writeFile(path.join(folder, 'chromium'), startPacked, { mode: 0o755 });
}

async function decompress(folder: string, from: string, to: string): Promise<void> {
  const source = createReadStream(path.join(folder, from));
  await pipeline(source, createBrotliDecompress(), createWriteStream(path.join(folder, to), { mode: 0o755 }));
  await rm(path.join(folder, from));
}
