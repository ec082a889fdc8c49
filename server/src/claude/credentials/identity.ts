/** Workload identity: a token that another service gave for this program is exchanged for one of the API. */
import { ClaudeError } from '../errors.ts';
import { misconfigured } from '../misconfigured.ts';
import type { CredentialSource, TokenContext } from './source.ts';

/** Who the program is, and by which rule of the organization that counts. */
export interface WorkloadIdentity {
  /**
   * The signed token (JWT) that says who the program is: as text, from a function, or in a file. Function and file are
   * asked again for every exchange. At most 16 KiB.
   */
  readonly assertion: string | (() => string | Promise<string>) | { readonly file: string };
  /** `fdrl_…` */
  readonly federationRuleId: string;
  /** The organization that the rule belongs to. */
  readonly organizationId: string;
  /** `svac_…` */
  readonly serviceAccountId?: string | undefined;
  /** `wrkspc_…`, or `default`. Needed when the rule allows several workspaces. */
  readonly workspaceId?: string | undefined;
  /** See `CredentialSource`. */
  readonly audience?: string | readonly string[];
}

const longestAssertion = 16_384;

/**
 * Tokens by workload identity federation (RFC 7523 grant). They are kept in memory only.
 * @throws ClaudeError of kind `configuration` when a part is empty
 */
export function workloadIdentity(identity: WorkloadIdentity): CredentialSource {
  const { assertion, federationRuleId, organizationId, serviceAccountId, workspaceId, audience } = identity;
  for (const [name, value] of Object.entries({ assertion, federationRuleId, organizationId }))
    if (value === undefined || value === '')
      throw misconfigured(name, `The workload identity has no ${name}. Give it.`);
  const rule = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    federation_rule_id: federationRuleId,
    organization_id: organizationId,
    ...(serviceAccountId && { service_account_id: serviceAccountId }),
    ...(workspaceId && { workspace_id: workspaceId }),
  };
  const hint = workspaceId
    ? 'Check that the federation rule fits the identity token.'
    : 'Check that the federation rule fits the identity token, and give the workspace if the rule allows several.';
  return {
    ...(audience !== undefined && { audience }),
    async token(signal, context) {
      const secret = await assertionOf(assertion, context);
      const { exchange } = await import('./endpoint.ts');
      const grant = { body: { ...rule, assertion: secret }, secret, betas: federationBetas, hint };
      const { accessToken, expiresAt } = await exchange(grant, signal, context);
      return { value: accessToken, expiresAt, header: 'bearer' };
    },
  };
}

const federationBetas = ['oauth-2025-04-20', 'oidc-federation-2026-04-01'];

async function assertionOf(assertion: WorkloadIdentity['assertion'], context: TokenContext): Promise<string> {
  const text = (await givenText(assertion)).trim();
  if (text === '') throw unusable('is empty. Check where it comes from.');
  if (Buffer.byteLength(text) > longestAssertion)
    throw unusable(`has ${Math.ceil(Buffer.byteLength(text) / 1024)} KiB, and 16 KiB are possible. Use a smaller one.`);
  context.scrub.learn(text);
  return text;
}

async function givenText(assertion: WorkloadIdentity['assertion']): Promise<string> {
  if (typeof assertion === 'string') return assertion;
  if (typeof assertion !== 'function') {
    const { readOwnFile } = await import('./files.ts');
    // Whoever runs the program puts it there, mostly for all to read.
    const found = await readOwnFile(assertion.file, 'identity token', 'open');
    if (found === undefined) throw unusable(`was not found: ${assertion.file} does not exist. Check the path.`);
    return found;
  }
  const text: unknown = await assertion();
  return typeof text === 'string' ? text : '';
}

function unusable(problem: string): ClaudeError {
  return new ClaudeError('configuration', `The identity token ${problem}`, {
    stage: 'credentials',
    field: 'assertion',
  });
}
