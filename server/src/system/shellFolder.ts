/** Starts something in exactly the folder that was planned, or not at all: what was put in its place since then is another one (threats S8). */
import { closeSync, constants, existsSync, openSync, readlinkSync } from 'node:fs';
import { Refusal } from '../ports.ts';
import { resolveLinks } from './paths.ts';

/**
 * @param folder absolute, links resolved.
 * @param start what starts it, given a name of the folder. It holds its folder when this returns.
 * @throws Refusal when the folder is not there any more.
 */
export function inFolder<Started>(folder: string, start: (cwd: string) => Started): Started {
  if (process.platform !== 'linux' || !existsSync(ownHandles)) {
    if (resolveLinks(folder).path !== folder) throw changed();
    return start(folder);
  }
  const handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    // A folder that is open has a name that nothing else can take.
    const opened = `${ownHandles}/${handle}`;
    if (readlinkSync(opened) !== folder) throw changed();
    return start(opened);
  } finally {
    closeSync(handle);
  }
}

const ownHandles = `/proc/${process.pid}/fd`;

function changed(): Refusal {
  return new Refusal('its folder is another one by now', 'changed');
}
