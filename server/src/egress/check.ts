/** Tries the way to the service step by step with one free call, and says what failed where. */
import type { ConnectionReport, ConnectionStage } from '#shared/connection.ts';
import { ClaudeError } from '../claude/index.ts';
import { Refusal } from '../ports.ts';
import type { Access } from './access.ts';
import type { Connected } from './outgoing.ts';

export interface CheckParts {
  access(): Promise<Access>;
  clientFor(access: Access): Promise<Connected>;
  /** Takes keys out of a text: a service may repeat the one that it refuses. */
  clean(text: string): string;
}

type StageName = ConnectionStage['name'];
const stages: readonly StageName[] = ['settings', 'credential', 'dns', 'connect', 'tls', 'http', 'authentication'];

interface Failed {
  readonly stage: StageName;
  readonly message: string;
}

/** The report; never throws for what is wrong with the connection. `candidate` is tried instead of the key in use. */
export async function checkConnection(
  parts: CheckParts,
  candidate: string | undefined,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  let access: Access;
  try {
    access = withCandidate(await parts.access(), candidate);
  } catch (error) {
    if (error instanceof Refusal) return report(undefined, { stage: 'settings', message: error.message });
    throw error;
  }
  if (access.credential === undefined)
    return report(access, { stage: 'credential', message: `There is no API key for ${access.host}. Set one first.` });
  return report(access, await tryCall(parts, access, signal));
}

function withCandidate(access: Access, candidate: string | undefined): Access {
  if (candidate === undefined) return access;
  return { ...access, credential: { kind: 'apiKey', value: candidate, source: 'editor' } };
}

async function tryCall(parts: CheckParts, access: Access, signal: AbortSignal): Promise<Failed | undefined> {
  try {
    const { claude } = await parts.clientFor(access);
    try {
      await claude.models.list({ limit: 1 }, { signal, retries: { attempts: 1 } });
    } finally {
      await claude.close();
    }
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return { stage: 'settings', message: error.message };
    if (error instanceof ClaudeError && error.kind !== 'aborted')
      return { stage: stageOf(error), message: parts.clean(error.message) };
    throw error;
  }
}

function stageOf(error: ClaudeError): StageName {
  if (error.kind === 'authentication' || error.kind === 'permission' || error.kind === 'billing')
    return 'authentication';
  if (error.kind === 'configuration') return 'credential';
  switch (error.stage) {
    case 'settings':
    case 'dns':
    case 'connect':
    case 'tls':
      return error.stage;
    case 'proxy':
      return 'connect';
    default:
      return 'http';
  }
}

function report(access: Access | undefined, failed: Failed | undefined): ConnectionReport {
  const facts = {
    endpoint: access?.baseUrl ?? 'not usable',
    proxy: access?.proxy === undefined ? 'none' : withoutPassword(access.proxy),
    certificates: access?.caFile === undefined ? "Node's own" : `Node's own, and ${access.caFile}`,
    credentialSource: sourceName(access),
  };
  const summary = failed?.message ?? `The connection to ${access?.host ?? ''} works.`;
  const listed = stageList(access, failed);
  return { ok: failed === undefined, summary, ...facts, stages: [...listed], text: reportText(summary, facts, listed) };
}

function stageList(access: Access | undefined, failed: Failed | undefined): readonly ConnectionStage[] {
  const at = failed === undefined ? stages.length : stages.indexOf(failed.stage);
  return stages.map((name, index) => {
    if (name === 'tls' && access?.baseUrl.startsWith('http:') && index !== at)
      return { name, state: 'skipped', detail: 'No TLS on loopback.' };
    if (index < at) return { name, state: 'passed', detail: '' };
    return index === at
      ? { name, state: 'failed', detail: failed?.message ?? '' }
      : { name, state: 'skipped', detail: '' };
  });
}

function sourceName(access: Access | undefined): string {
  switch (access?.credential?.source) {
    case undefined:
      return 'none';
    case 'editor':
      return "the editor's secret storage";
    case 'demo':
      return 'the demo';
    case 'ANTHROPIC_API_KEY':
    case 'ANTHROPIC_AUTH_TOKEN':
      return `${access?.credential?.source} in the environment`;
  }
}

function withoutPassword(proxy: string): string {
  if (!URL.canParse(proxy)) return 'set, but not a URL';
  const url = new URL(proxy);
  return url.username === '' ? url.origin : `${url.protocol}//…@${url.host}`;
}

function reportText(
  summary: string,
  facts: Readonly<Record<string, string>>,
  listed: readonly ConnectionStage[],
): string {
  const mark = { passed: 'ok     ', failed: 'FAILED ', skipped: '-      ' } as const;
  return [
    'Connection check',
    '',
    summary,
    '',
    `Endpoint      ${facts['endpoint']}`,
    `Proxy         ${facts['proxy']}`,
    `Certificates  ${facts['certificates']}`,
    `Key from      ${facts['credentialSource']}`,
    '',
    ...listed.map(({ name, state, detail }) => `${mark[state]} ${name}${detail === '' ? '' : `: ${detail}`}`),
    '',
  ].join('\n');
}
