/** Finds Neovim for the tests of the stand-alone server. */
import { canUseApt, findOnPath, installWithApt } from './systemPackages.ts';

/** @throws Error with the command to run where there is none and it cannot be installed. */
export async function neovimPath(say: (step: string) => void): Promise<string> {
  const found = await findOnPath('nvim');
  if (found !== undefined) return found;
  if (await canUseApt()) {
    say('Installing neovim with apt-get (once, about 10 seconds) …');
    await installWithApt('neovim');
  }
  const installed = await findOnPath('nvim');
  if (installed !== undefined) return installed;
  throw new Error(
    'The tests need Neovim 0.7 or newer. Install it (on Debian and Ubuntu: ' +
      'sudo apt-get install -y --no-install-recommends neovim) and run the command again.',
  );
}
