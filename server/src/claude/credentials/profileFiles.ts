/** Reads profiles: what a file leaves out comes from the environment (API reference, "Credentials and precedence"). */
import path from 'node:path';
import * as z from 'zod';
import { ClaudeError } from '../errors.ts';
import { requireAudience } from './audience.ts';
import { readOwnFile } from './files.ts';
import { workloadIdentity } from './identity.ts';
import type { CredentialSource } from './source.ts';
import { userTokens } from './userTokens.ts';
import { audienceOf, type Environment, identityTokenOf, variable } from './variables.ts';

const filled = z
  .string()
  .nullish()
  .transform((text) => (text === null || text?.trim() === '' ? undefined : text?.trim()));

const Federation = z.looseObject({
  type: z.literal('oidc_federation'),
  federation_rule_id: filled,
  service_account_id: filled,
  identity_token: z.looseObject({ source: z.literal('file'), path: z.string().min(1) }).nullish(),
});
const Person = z.looseObject({ type: z.literal('user_oauth'), client_id: filled, credentials_path: filled });
const Profile = z.looseObject({
  authentication: z.discriminatedUnion('type', [Federation, Person]),
  base_url: filled,
  organization_id: filled,
  workspace_id: filled,
});
type Profile = z.infer<typeof Profile>;
type Federation = z.infer<typeof Federation>;

/** What is known where a profile is read. */
export interface ProfileParts {
  readonly environment: Environment;
  /** Origins that win over those of profile and environment. */
  readonly audience: string | readonly string[] | undefined;
  /** The client's. */
  readonly origin: string;
}

/** @throws ClaudeError of kind `configuration` that names the file and the fix. */
export async function profileSource(name: string, parts: ProfileParts): Promise<CredentialSource> {
  const source = await maybeProfileSource(name, parts);
  if (source !== undefined) return source;
  const file = path.join(requiredFolder(parts.environment), 'configs', `${name}.json`);
  throw unusable(`There is no profile "${name}": ${file} does not exist. Give the name of one that does.`);
}

/** The profile that `active_config` names, else `default`; undefined when there is none. */
export async function activeProfileSource(parts: ProfileParts): Promise<CredentialSource | undefined> {
  const folder = folderOf(parts.environment);
  if (folder === undefined) return undefined;
  const named = await readOwnFile(path.join(folder, 'active_config'), 'name of the active profile', 'readable');
  return maybeProfileSource(named?.trim() || 'default', parts);
}

async function maybeProfileSource(name: string, parts: ProfileParts): Promise<CredentialSource | undefined> {
  if (!/^[\w.-]+$/.test(name) || name === '.' || name === '..')
    throw unusable(`"${name.slice(0, 40)}" cannot be the name of a profile. Use letters, digits, ".", "-" and "_".`);
  const folder = requiredFolder(parts.environment);
  const file = path.join(folder, 'configs', `${name}.json`);
  const text = await readOwnFile(file, 'profile', 'readable');
  if (text === undefined) return undefined;
  const found = profileOf(text, file);
  const { environment, audience, origin } = parts;
  requireAudience(audience ?? found.base_url ?? audienceOf(environment), origin, `The profile "${name}" is`);
  const { authentication, workspace_id: ownWorkspace } = found;
  const workspaceId = ownWorkspace ?? variable(environment, 'ANTHROPIC_WORKSPACE_ID');
  if (authentication.type === 'oidc_federation')
    return federation({ ...found, workspace_id: workspaceId }, authentication, { environment, file });
  return userTokens({
    file: authentication.credentials_path ?? path.join(folder, 'credentials', `${name}.json`),
    clientId: authentication.client_id,
    workspaceId,
  });
}

function federation(
  { organization_id: ownOrganization, workspace_id: workspaceId }: Profile,
  { federation_rule_id: ownRule, service_account_id: ownAccount, identity_token: ownToken }: Federation,
  { environment, file }: { readonly environment: Environment; readonly file: string },
): CredentialSource {
  const federationRuleId = ownRule ?? variable(environment, 'ANTHROPIC_FEDERATION_RULE_ID');
  const organizationId = ownOrganization ?? variable(environment, 'ANTHROPIC_ORGANIZATION_ID');
  const assertion = ownToken ? { file: ownToken.path } : identityTokenOf(environment);
  if (federationRuleId === undefined) throw lacks(file, 'federation_rule_id', 'ANTHROPIC_FEDERATION_RULE_ID');
  if (organizationId === undefined) throw lacks(file, 'organization_id', 'ANTHROPIC_ORGANIZATION_ID');
  if (assertion === undefined) throw lacks(file, 'identity_token', 'ANTHROPIC_IDENTITY_TOKEN_FILE');
  const serviceAccountId = ownAccount ?? variable(environment, 'ANTHROPIC_SERVICE_ACCOUNT_ID');
  return workloadIdentity({ assertion, federationRuleId, organizationId, serviceAccountId, workspaceId });
}

function profileOf(text: string, file: string): Profile {
  const checked = Profile.safeParse(parsed(text));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at "${issue.path.join('.')}"`;
  throw unusable(`The profile ${file} is not as it should be${where}. Correct it.`);
}

/** Undefined for what is no JSON: no schema accepts that. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function folderOf(environment: Environment): string | undefined {
  const own = variable(environment, 'ANTHROPIC_CONFIG_DIR');
  if (own !== undefined) return own;
  if (process.platform === 'win32') {
    const roaming = variable(environment, 'APPDATA');
    return roaming === undefined ? undefined : path.join(roaming, 'Anthropic');
  }
  const home = variable(environment, 'HOME');
  const folder =
    variable(environment, 'XDG_CONFIG_HOME') ?? (home === undefined ? undefined : path.join(home, '.config'));
  return folder === undefined ? undefined : path.join(folder, 'anthropic');
}

function requiredFolder(environment: Environment): string {
  const folder = folderOf(environment);
  if (folder !== undefined) return folder;
  throw unusable('The folder of the profiles is not known. Set ANTHROPIC_CONFIG_DIR, or give HOME in the environment.');
}

function lacks(file: string, field: string, name: string): ClaudeError {
  return unusable(`The profile ${file} has no ${field}. Add it, or set ${name}.`);
}

function unusable(what: string): ClaudeError {
  return new ClaudeError('configuration', what, { stage: 'credentials', field: 'credentials' });
}
