/**
 * Keeps the token of a source as long as it is good, and has it renewed before it ends (API reference, "Credentials
 * and precedence"): more than 120 s before the end it is used, up to 30 s before it is used while another is fetched,
 * and after that calls wait for the other one. Calls that wait share one request.
 */
import type { Clock } from '../clock.ts';
import { betaHeader, checkedHeaders } from '../headers.ts';
import type { LevelLog } from '../log.ts';
import type { Asking } from './asking.ts';
import type { Credentials } from './credentials.ts';
import { secretHeader } from './secret.ts';
import type { KeyScheme, Token } from './source.ts';

/** Milliseconds before its end at which a token is renewed while it is used, and at which it is not used any more. */
const renewed = 120_000;
const unused = 30_000;
/** Milliseconds without a renewal in the background after one failed. */
const backOff = 5_000;

/** A token that was got. */
interface Held {
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the source had been told was refused. */
  readonly knew: string | undefined;
  /** Its end by the wall clock, and by the clock that never jumps but may stand still while the machine sleeps. */
  readonly wallEnd: number;
  readonly steadyEnd: number;
}

export interface CacheParts {
  readonly asking: Asking;
  readonly keyScheme: KeyScheme | undefined;
  readonly clock: Clock;
  readonly log: Pick<LevelLog, 'debug'>;
}

export function cachedCredentials({ asking, keyScheme, clock, log }: CacheParts): Credentials {
  let held: Held | undefined;
  let refused: string | undefined;
  let renewal: Promise<Held> | undefined;
  let failedAt = -Infinity;
  const got = (token: Token, knew: string | undefined): Held => {
    held = heldOf(token, knew, keyScheme, clock);
    if (held.value !== refused) refused = undefined;
    return held;
  };
  /** One at a time: who comes meanwhile waits for the same one. */
  const renew = (): Promise<Held> => {
    renewal ??= renewKnowing(refused).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
  const renewKnowing = async (knew: string | undefined): Promise<Held> => got(await asking.ask(knew), knew);
  const renewMeanwhile = (): void => {
    if (renewal !== undefined || clock.now() - failedAt < backOff) return;
    renew().catch((error: unknown) => {
      failedAt = clock.now();
      log.debug?.(`The token was not renewed, the old one is still used: ${String(error)}`);
    });
  };
  return {
    headers() {
      const left = held === undefined ? 0 : Math.min(held.wallEnd - clock.wall(), held.steadyEnd - clock.now());
      if (held === undefined || left < unused) return renew().then(({ headers }) => headers);
      if (left <= renewed) renewMeanwhile();
      return held.headers;
    },
    async refused(headers) {
      const value = valueIn(headers);
      // What the source gave since then is newer; or the same again, although it had been told.
      if (held !== undefined && held.headers !== headers) {
        if (held.value !== value) return true;
        if (held.knew === value) return false;
      }
      held = undefined;
      refused = value;
      let next = await renew();
      // That one was under way before the refusal: a source that keeps tokens may give another when it knows.
      if (next.value === value && next.knew !== value) {
        if (held === next) held = undefined;
        next = await renew();
      }
      return next.value !== value;
    },
    close: () => asking.close(),
  };
}

function heldOf(token: Token, knew: string | undefined, keyScheme: KeyScheme | undefined, clock: Clock): Held {
  const { value, workspaceId } = token;
  const wallEnd = token.expiresAt ?? Infinity;
  const scheme = token.header ?? keyScheme ?? 'bearer';
  const betas = token.betas ?? (scheme === 'bearer' ? ['oauth-2025-04-20'] : []);
  const headers = {
    ...secretHeader(scheme, value),
    ...betaHeader(betas),
    ...checkedHeaders(workspaceId === undefined ? {} : { 'anthropic-workspace-id': workspaceId }),
  };
  return { value, headers, knew, wallEnd, steadyEnd: clock.now() + wallEnd - clock.wall() };
}

function valueIn(headers: Readonly<Record<string, string>>): string | undefined {
  return headers['x-api-key'] ?? headers['authorization']?.slice('Bearer '.length);
}
