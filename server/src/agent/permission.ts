/** Whether a call may be done, must be asked about, or is refused: one pure function, which text can only make stricter (threats S5, S18, S25). */
import type { PermissionRule } from '#shared/settings.ts';
import type { Trust } from '../ports.ts';
import type { Effective, Mode } from '../tool.ts';
import { hashOf } from './effectiveHash.ts';
import { allows, forbidding, nameOf } from './permissionRules.ts';

/** All that the decision is made of. */
export interface PermissionCase {
  readonly effective: Effective;
  readonly mode: Mode;
  /** The person's. */
  readonly rules: readonly PermissionRule[];
  /** Hashes of what the person has allowed for this session. */
  readonly grants: ReadonlySet<string>;
  /** Instructions of others may be in the conversation. */
  readonly tainted: boolean;
  readonly trust: Trust;
  /** Edits wait in the editor for the person, so that none needs a question before. */
  readonly reviewed: boolean;
}

export interface Decision {
  readonly verdict: 'allow' | 'ask' | 'refuse';
  /** A sentence each: for "Why was I asked?", and for the model when it is refused. */
  readonly because: readonly string[];
  /** An answer "for this session" would spare the next question. */
  readonly maySession: boolean;
}

/** The strictest of what applies: refusals, then questions, then what the person has allowed. */
export function decide(given: PermissionCase): Decision {
  const refusals = refusalsOf(given);
  if (refusals.length > 0) return { verdict: 'refuse', because: refusals, maySession: false };
  const { always, unlessAllowed } = questionsOf(given);
  const questions = [...always, ...unlessAllowed];
  if (questions.length === 0) return { verdict: 'allow', because: [whyFree(given)], maySession: false };
  const leave = leaveOf(given);
  const objection = objectionTo(given, always);
  if (leave !== undefined && objection === undefined) return { verdict: 'allow', because: [leave], maySession: false };
  const because = leave === undefined ? questions : [...questions, `${leave} ${objection}`];
  return { verdict: 'ask', because, maySession: given.effective.isRememberable && objection === undefined };
}

/** Why what the person has allowed before does not count. */
function objectionTo({ effective, tainted }: PermissionCase, always: readonly string[]): string | undefined {
  if (always.length > 0) return 'It is asked all the same.';
  return tainted && isRun(effective) ? taint : undefined;
}

const taint =
  'It is asked all the same: this conversation holds text of files, programs or an earlier session, and somebody else may have written instructions into it.';

/** Anything that is not known to be harmless is taken for a command. */
function isRun({ effect }: Effective): boolean {
  return effect !== 'reads' && effect !== 'tells' && effect !== 'edits';
}

function changes(effective: Effective): boolean {
  return effective.effect === 'edits' || isRun(effective);
}

function refusalsOf({ effective, mode, rules, trust }: PermissionCase): readonly string[] {
  const fitting = forbidding(rules, effective, 'refuse');
  const refusals = fitting.map((rule) => `A rule of the developer forbids it: “${nameOf(rule)}”.`);
  if (trust !== 'trusted' && effective.effect !== 'tells') refusals.push(untrusted);
  if (mode === 'plan' && changes(effective)) refusals.push(planned);
  return refusals;
}

const untrusted =
  'The folder is not trusted, so nothing in it is read, changed or run. The developer can trust it in the editor; until then, answer from what they have said.';
const planned =
  'Plan mode is on: nothing is changed and nothing is run. Read what you need and write the plan as your answer; the developer decides when it is carried out.';

interface Questions {
  /** Whatever is allowed. */
  readonly always: readonly string[];
  readonly unlessAllowed: readonly string[];
}

/** The editor keeps it for the person; the edit itself may know better than the editor. */
function waits({ effective, reviewed }: PermissionCase): boolean {
  return effective.isReviewed ?? reviewed;
}

function questionsOf(given: PermissionCase): Questions {
  const { effective, mode, rules } = given;
  const fitting = forbidding(rules, effective, 'ask');
  // A word to the person is a question or a note already.
  const asked = effective.effect === 'tells' ? [] : fitting.map((rule) => `Your rule says so: “${nameOf(rule)}”.`);
  const usual: string[] = [];
  if (isRun(effective)) usual.push('Commands are asked about unless a rule of yours names them.');
  if (effective.effect === 'edits' && !waits(given) && mode !== 'acceptEdits')
    usual.push('This edit does not wait in the editor, and in the mode Ask you are asked before.');
  return { always: [...effective.mustAsk, ...asked], unlessAllowed: usual };
}

/** What the person has said that would let it pass. */
function leaveOf({ effective, rules, grants }: PermissionCase): string | undefined {
  if (effective.isRememberable && grants.has(hashOf(effective)))
    return 'You have allowed exactly this for this session.';
  const rule = rules.find((one) => one.decision === 'allow' && allows(one, effective));
  return rule === undefined ? undefined : `Your rule allows it: “${nameOf(rule)}”.`;
}

function whyFree(given: PermissionCase): string {
  if (given.effective.effect !== 'edits') return 'It changes nothing.';
  return waits(given) ? 'The edit waits for you in the editor.' : 'Edits are accepted in this mode.';
}
