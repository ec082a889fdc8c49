/** The credentials that the environment names, in the order of the API's own tools (API reference, "Credentials and precedence"). */
import { ClaudeError } from '../errors.ts';
import { requireAudience } from './audience.ts';
import { workloadIdentity } from './identity.ts';
import { profile } from './profile.ts';
import type { CredentialSource, Token, TokenContext } from './source.ts';
import { audienceOf, type Environment, identityTokenOf, variable } from './variables.ts';

/**
 * The first of: `ANTHROPIC_API_KEY`; `ANTHROPIC_AUTH_TOKEN`; the profile that `ANTHROPIC_PROFILE` names; workload
 * identity by `ANTHROPIC_FEDERATION_RULE_ID`, `ANTHROPIC_ORGANIZATION_ID` and `ANTHROPIC_IDENTITY_TOKEN[_FILE]`; the
 * active profile on disk. Looked for at the first request. Once found it is kept; when nothing is found or it does not
 * work, calls fail, and each later one looks again, so that what was mended meanwhile counts.
 *
 * They are meant for `ANTHROPIC_BASE_URL`, else for the ordinary address, or what the profile says: a client with
 * another `baseURL` does not get them unless `audience` names it.
 * @param environment Such as `process.env`; it is not changed.
 */
export function credentialsFromEnvironment(
  environment: Environment,
  { audience }: Pick<CredentialSource, 'audience'> = {},
): CredentialSource {
  let found: CredentialSource | undefined;
  return {
    ...(audience !== undefined && { audience }),
    async token(signal, context) {
      const source = found ?? (await sourceIn(environment, audience, context));
      const token = await source.token(signal, context);
      found = source;
      return token;
    },
  };
}

async function sourceIn(
  environment: Environment,
  audience: CredentialSource['audience'],
  context: TokenContext,
): Promise<CredentialSource> {
  const { origin, warn, keyScheme } = context;
  const own = (source: CredentialSource): CredentialSource => {
    requireAudience(audience ?? audienceOf(environment), origin, 'The credentials of the environment are');
    return source;
  };
  const key = variable(environment, 'ANTHROPIC_API_KEY');
  const token = variable(environment, 'ANTHROPIC_AUTH_TOKEN');
  if (key !== undefined) {
    const source = own(fixedSource({ value: key, header: keyScheme ?? 'x-api-key', betas: [] }));
    if (token !== undefined) warn({ kind: 'two_credentials' });
    return source;
  }
  if (token !== undefined) return own(fixedSource({ value: token, header: 'bearer', betas: [] }));
  const named = variable(environment, 'ANTHROPIC_PROFILE');
  if (named !== undefined) return profile(named, environment, audience === undefined ? {} : { audience });
  const federation = federationIn(environment);
  if (federation !== undefined && federation !== 'incomplete') return own(federation);
  const { activeProfileSource } = await import('./profileFiles.ts');
  const active = await activeProfileSource({ environment, audience, origin });
  if (active !== undefined) return active;
  throw nothing(federation === 'incomplete');
}

function fixedSource(token: Token): CredentialSource {
  return { token: async () => token };
}

/** Without the identity token itself, an active profile may still have all that is needed. */
function federationIn(environment: Environment): CredentialSource | 'incomplete' | undefined {
  const federationRuleId = variable(environment, 'ANTHROPIC_FEDERATION_RULE_ID');
  const organizationId = variable(environment, 'ANTHROPIC_ORGANIZATION_ID');
  if (federationRuleId === undefined || organizationId === undefined) return undefined;
  const assertion = identityTokenOf(environment);
  if (assertion === undefined) return 'incomplete';
  const serviceAccountId = variable(environment, 'ANTHROPIC_SERVICE_ACCOUNT_ID');
  const workspaceId = variable(environment, 'ANTHROPIC_WORKSPACE_ID');
  return workloadIdentity({ assertion, federationRuleId, organizationId, serviceAccountId, workspaceId });
}

function nothing(isIncomplete: boolean): ClaudeError {
  const what = isIncomplete
    ? 'The environment names a federation rule, but no identity token. Set ANTHROPIC_IDENTITY_TOKEN_FILE.'
    : 'There are no credentials. Set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN, or sign in to make a profile.';
  return new ClaudeError('configuration', what, { stage: 'credentials', field: 'credentials' });
}
