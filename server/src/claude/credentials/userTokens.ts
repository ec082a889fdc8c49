/** The tokens of a person who signed in: kept in a file, and renewed by one process at a time. */
import * as z from 'zod';
import { ClaudeError } from '../errors.ts';
import { safeCause } from '../secrets.ts';
import { exchange, type Issued } from './endpoint.ts';
import { readOwnFile, whileLocked, writeOwnFile } from './files.ts';
import type { CredentialSource, Token, TokenContext } from './source.ts';

export interface UserTokens {
  readonly file: string;
  /** Without it the token is not renewed. */
  readonly clientId: string | undefined;
  readonly workspaceId: string | undefined;
}

const Saved = z.looseObject({
  type: z.literal('oauth_token').optional(),
  access_token: z.string().min(1),
  /** Seconds since 1970. */
  expires_at: z.number().nullish(),
  refresh_token: z.string().nullish(),
});
type Saved = z.infer<typeof Saved>;

/** Milliseconds before its end from which a token is renewed. */
const renewed = 120_000;

export function userTokens({ file, clientId, workspaceId }: UserTokens): CredentialSource {
  const tokenOf = (saved: Saved): Token => ({
    value: saved.access_token,
    expiresAt: endOf(saved) ?? null,
    header: 'bearer',
    workspaceId,
  });
  return {
    async token(signal, context) {
      const saved = await read(file, context);
      if (isGood(saved, renewed, context)) return tokenOf(saved);
      if (clientId === undefined || !saved.refresh_token) {
        if (isGood(saved, 0, context)) return tokenOf(saved);
        throw failure(
          'authentication',
          `The sign-in in ${file} has ended or was refused, and cannot be renewed. Sign in again.`,
        );
      }
      return whileLocked(file, { clock: context.clock, signal }, async () => {
        // Another process may have renewed it while this one waited: the old refresh token would then be refused.
        const newest = await read(file, context);
        if (isGood(newest, renewed, context)) return tokenOf(newest);
        return tokenOf(await renew(newest, { file, clientId }, signal, context));
      });
    },
  };
}

interface Renewal {
  readonly file: string;
  readonly clientId: string;
}

async function renew(
  saved: Saved,
  { file, clientId }: Renewal,
  signal: AbortSignal,
  context: TokenContext,
): Promise<Saved> {
  const secret = saved.refresh_token ?? '';
  const grant = {
    body: { grant_type: 'refresh_token', refresh_token: secret, client_id: clientId },
    secret,
    betas: ['oauth-2025-04-20'],
    hint: 'Sign in again if the sign-in has ended.',
  };
  const issued = await exchange(grant, signal, context);
  const next = withIssued(saved, issued);
  await save(next, { file, replaces: secret }, context);
  return next;
}

function withIssued(saved: Saved, { accessToken, expiresAt, refreshToken }: Issued): Saved {
  return {
    ...saved,
    version: '1.0',
    type: 'oauth_token',
    access_token: accessToken,
    expires_at: Math.floor(expiresAt / 1000),
    refresh_token: refreshToken ?? saved.refresh_token,
  };
}

/** Not given up half-way, whatever becomes of the call: the old refresh token may be worth nothing any more. */
async function save(
  next: Saved,
  { file, replaces }: { readonly file: string; readonly replaces: string },
  context: TokenContext,
): Promise<void> {
  try {
    const found = await read(file, context);
    // Somebody else wrote a newer one without asking for the lock: it stays.
    if (found.refresh_token === replaces) await writeOwnFile(file, `${JSON.stringify(next, null, 2)}\n`);
  } catch (error) {
    const why = safeCause(error, context.scrub).message;
    context.warn({ kind: 'sign_in_not_saved', file, why });
  }
}

async function read(file: string, { scrub }: TokenContext): Promise<Saved> {
  const text = await readOwnFile(file, 'file with the tokens of the profile', 'private');
  if (text === undefined)
    throw failure('configuration', `The profile has no tokens: ${file} does not exist. Sign in first.`);
  const checked = Saved.safeParse(parsed(text));
  if (!checked.success)
    throw failure('configuration', `The tokens of the profile in ${file} are not as they should be. Sign in again.`);
  for (const secret of [checked.data.access_token, checked.data.refresh_token]) if (secret) scrub.learn(secret);
  return checked.data;
}

/** Undefined for what is no JSON: no schema accepts that. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a token may be used for so many milliseconds, and is not the one that was refused. */
function isGood(saved: Saved, milliseconds: number, { clock, refused }: TokenContext): boolean {
  return saved.access_token !== refused && (endOf(saved) ?? Infinity) - clock.wall() > milliseconds;
}

function endOf({ expires_at: seconds }: Saved): number | undefined {
  return seconds === null || seconds === undefined ? undefined : seconds * 1000;
}

function failure(kind: 'authentication' | 'configuration', what: string): ClaudeError {
  return new ClaudeError(kind, what, { stage: 'credentials', field: 'credentials' });
}
