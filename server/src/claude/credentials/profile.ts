/** Profiles: who asks, as files in the person's own folder say it. */
import type { CredentialSource } from './source.ts';
import type { Environment } from './variables.ts';

/**
 * The tokens of a profile: `<folder>/configs/<name>.json` says how they are got (workload identity, or the sign-in of a
 * person), and those of a person are kept and renewed in `<folder>/credentials/<name>.json`. The folder is
 * `ANTHROPIC_CONFIG_DIR`, else `anthropic` in the XDG configuration folder, or in the roaming application data on
 * Windows. Files are read when a token is needed, and refused when others may read or write them.
 *
 * The profile's address, else `ANTHROPIC_BASE_URL`, else the ordinary one is its audience: the client must have the
 * same `baseURL`.
 * @param environment Where the folder and what the profile leaves out are looked up, such as `process.env`.
 */
export function profile(
  name: string,
  environment: Environment,
  { audience }: Pick<CredentialSource, 'audience'> = {},
): CredentialSource {
  return {
    ...(audience !== undefined && { audience }),
    async token(signal, context) {
      const { profileSource } = await import('./profileFiles.ts');
      const source = await profileSource(name, { environment, audience, origin: context.origin });
      return source.token(signal, context);
    },
  };
}
