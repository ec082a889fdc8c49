/** Makes what a client was given into what its calls ask. */
import { createAsking } from './asking.ts';
import { cachedCredentials } from './cache.ts';
import type { Credential } from './choice.ts';
import { type Credentials, fixedCredentials } from './credentials.ts';
import type { SharedContext } from './source.ts';

export function openCredentials(credential: Credential, around: SharedContext): Credentials {
  if (credential.kind === 'fixed') return fixedCredentials(credential.headers);
  const { keyScheme } = credential;
  return cachedCredentials({
    asking: createAsking(credential, around),
    keyScheme,
    clock: around.clock,
    log: around.log,
  });
}
