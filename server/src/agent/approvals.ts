/** What the person has allowed in one conversation: asked one at a time, in memory only, bound to exactly what was shown (threats S4, S37). */
import { createHash, randomUUID } from 'node:crypto';
import type { PermissionRule } from '#shared/settings.ts';
import type { ApprovalAnswer, ApprovalRequest, People, Trust } from '../ports.ts';
import type { Effective, Mode } from '../tool.ts';
import { inLine, shownOf } from './approvalText.ts';
import { differenceFrom } from './difference.ts';
import { hashOf } from './effectiveHash.ts';
import { orStopped } from './orStopped.ts';
import { type Decision, decide } from './permission.ts';
import { isTainted } from './taint.ts';

export interface ApprovalParts {
  readonly conversation: string;
  /** It was on the disk before: forked or opened. Nothing that it says of approvals counts, and it is tainted. */
  readonly isLoaded: boolean;
  readonly people: Pick<People, 'approve'>;
  /** As it is right now: looked at again when the person has answered. */
  circumstances(): Promise<Circumstances>;
  /** What is allowed for this session has changed. */
  onGrants?(): void;
}

export interface Circumstances {
  readonly mode: Mode;
  readonly rules: readonly PermissionRule[];
  readonly trust: Trust;
  /** See `PermissionCase`. */
  readonly reviewed: boolean;
}

export type Admission =
  /** `hash`: of what may be done. Whoever does it compares. */
  | { readonly verdict: 'allowed'; readonly hash: string; readonly because: readonly string[] }
  /** By the person, or by what they have set. The message is for the model. */
  | { readonly verdict: 'denied' | 'refused'; readonly message: string };

export interface Approvals {
  /** Whether the call may be done; asks the person where that is needed. @throws the signal's reason. */
  admit(call: string, effective: Effective, signal: AbortSignal): Promise<Admission>;
  /** A turn or an answer of a tool: see `ToolAnswer.isData`. */
  heard(said: { readonly isData: boolean }): void;
  /** What is allowed for this session, a line each: shown while there is any (threats S18). */
  granted(): readonly string[];
  /** Takes all of that back. */
  withdraw(): void;
}

export function createApprovals(parts: ApprovalParts): Approvals {
  const { conversation, isLoaded, people, circumstances } = parts;
  /** By hash. */
  const grants = new Map<string, Effective>();
  let tainted = isTainted(isLoaded, []);
  const judge = async (effective: Effective): Promise<Decision> =>
    decide({ ...(await circumstances()), effective, grants: new Set(grants.keys()), tainted });
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(act: () => Promise<Result>): Promise<Result> => {
    const next = last.then(act);
    last = next.catch(() => undefined);
    return next;
  };
  const ask = async (call: string, effective: Effective, signal: AbortSignal): Promise<Admission> => {
    // What was answered while this waited may have settled it.
    const decision = await judge(effective);
    signal.throwIfAborted();
    const hash = hashOf(effective);
    if (decision.verdict !== 'ask') return settled(decision, hash);
    const difference = differenceFrom(grants.values(), effective);
    const because = difference === undefined ? decision.because : [...decision.because, difference];
    const request = requestOf({ conversation, call, effective, decision: { ...decision, because }, hash });
    const answer = await people.approve(request, signal);
    signal.throwIfAborted();
    const objection = objectionTo(answer, request);
    if (objection !== undefined) return objection;
    if (hashOf(effective) !== hash) return { verdict: 'refused', message: changed };
    const now = await judge(effective);
    signal.throwIfAborted();
    if (now.verdict === 'refuse') return settled(now, hash);
    if (answer.decision === 'session' && decision.maySession && now.maySession) {
      grants.set(hash, structuredClone(effective));
      parts.onGrants?.();
    }
    return { verdict: 'allowed', hash, because: ['You have allowed it.'] };
  };
  return {
    async admit(call, effective, signal) {
      const decision = await judge(effective);
      signal.throwIfAborted();
      if (decision.verdict !== 'ask') return settled(decision, hashOf(effective));
      return orStopped(
        inTurn(() => orStopped(ask(call, effective, signal), signal)),
        signal,
      );
    },
    heard(said) {
      tainted = isTainted(tainted, [said]);
    },
    granted: () => [...grants.values()].map(({ title }) => inLine(title)),
    withdraw() {
      grants.clear();
      parts.onGrants?.();
    },
  };
}

function settled(decision: Decision, hash: string): Admission {
  const { verdict, because } = decision;
  if (verdict === 'allow') return { verdict: 'allowed', hash, because };
  return { verdict: 'refused', message: because.join('\n') };
}

interface Asked {
  readonly conversation: string;
  readonly call: string;
  readonly effective: Effective;
  readonly decision: Decision;
  readonly hash: string;
}

function requestOf({ conversation, call, effective, decision, hash }: Asked): ApprovalRequest {
  const because = decision.because.map(inLine);
  // Another one for each question: a second click on the last one answers nothing, and nobody can know it before.
  const own = createHash('sha256').update(`${randomUUID()} ${hash}`).digest('base64url');
  const { maySession } = decision;
  // What the call allows is one thing, what is offered now another: the person is told of what they can choose.
  const shown = shownOf({ ...effective, isRememberable: maySession });
  return { conversation, call, ...shown, because, maySession, hash: own };
}

const changed =
  'What was to be done changed while the developer was asked, so it was not done. Ask again if it is needed.';

/** Why an answer allows nothing: only plain words do, for exactly this question. */
function objectionTo(answer: ApprovalAnswer, { hash }: ApprovalRequest): Admission | undefined {
  if (answer.decision === 'deny') return denied(answer.reason);
  if (!leaves.has(answer.decision)) return denied();
  return answer.hash === hash ? undefined : { verdict: 'refused', message: changed };
}

/** A surface may hand on what its user interface said: other words are no leave. */
const leaves: ReadonlySet<string> = new Set(['once', 'session']);

function denied(reason = ''): Admission {
  const said = reason.trim() === '' ? '' : ` They said: ${reason.trim()}`;
  return { verdict: 'denied', message: `The developer does not want this. Do not try it in another way.${said}` };
}
