/** What can be done at a place of a chat's document, for code lenses and code actions. Pure. */
import { clientCommands, serverCommands } from '#shared/commands.ts';
import type { ChatState } from '../chat.ts';
import type { Mode } from '../tool.ts';
import { isEdited, sectionsIn } from './chatSections.ts';
import { approvalMark, grantedMark, questionMark } from './chatWaiting.ts';
import { fewWords } from './plainWords.ts';

export interface ChatDeed {
  readonly title: string;
  readonly command: string;
  readonly argument: Readonly<Record<string, unknown>>;
  /** Where its lens stands. */
  readonly offset: number;
  /** `place`: of no interest away from its lens. `chat`: too seldom wanted for a lens. */
  readonly is: 'everywhere' | 'place' | 'chat';
}

const modes: Readonly<Record<Mode, { readonly title: string; readonly next: Mode }>> = {
  ask: { title: 'Ask', next: 'acceptEdits' },
  acceptEdits: { title: 'Accept Edits', next: 'plan' },
  plan: { title: 'Plan', next: 'ask' },
};

export interface ChatAt {
  readonly uri: string;
  readonly text: string;
  /** Undefined where the document's chat is not there (any more): it can only begin a new one. */
  readonly state: ChatState | undefined;
  /** Edits that await the person in the editor. */
  readonly pending: number;
}

export function chatDeeds({ uri, text, state, pending }: ChatAt): readonly ChatDeed[] {
  const found = sectionsIn(text);
  const offset = found.draft?.start ?? text.length;
  const here = (
    title: string,
    command: string,
    more: Readonly<Record<string, unknown>> = {},
    at = offset,
  ): ChatDeed => ({
    ...{ title, command, offset: at, is: at === offset ? 'everywhere' : 'place' },
    argument: { uri, ...more },
  });
  if (state === undefined) return [here('Send', serverCommands.chatSend)];
  const granted = state.granted.length === 0 ? undefined : lineOf(text.slice(0, found.head.end), grantedMark);
  const earlier = found.sections.filter(({ hash }) => hash !== undefined);
  return [
    ...sending(state, here),
    here(`Mode: ${modes[state.mode].title}`, serverCommands.chatMode, { mode: modes[state.mode].next }),
    ...(state.planned ? planned(here) : []),
    ...(pending > 0 ? [here(`Review Edits (${pending})`, clientCommands.reviewAll)] : []),
    ...(granted === undefined ? [] : [here('Withdraw', serverCommands.chatWithdraw, {}, granted)]),
    ...earlier.flatMap((section) => [
      ...(state.running
        ? []
        : [
            here(
              isEdited(section, text) ? 'Ask This Instead' : 'Ask Again From Here',
              serverCommands.chatSend,
              { from: section.id },
              section.start,
            ),
          ]),
      here('Fork', serverCommands.chatFork, { entry: section.id }, section.start),
    ]),
    ...waiting(state, text, here),
    { ...here('Export Chat', serverCommands.chatExport), is: 'chat' },
  ];
}

function planned(here: Here): readonly ChatDeed[] {
  return [
    here('Open Plan', serverCommands.chatPlan),
    here('Carry Out: Ask', serverCommands.chatCarryOut, { mode: 'ask' }),
    here('Carry Out: Accept Edits', serverCommands.chatCarryOut, { mode: 'acceptEdits' }),
  ];
}

type Here = (title: string, command: string, more?: Readonly<Record<string, unknown>>, at?: number) => ChatDeed;

function sending({ running, questions, approvals }: ChatState, here: Here): readonly ChatDeed[] {
  const preview = here('What Will Be Sent', serverCommands.chatWhatWillBeSent);
  const stop = here('Stop', serverCommands.chatStop);
  // What is asked before a question is sent keeps it from being sent.
  if (!running) return [...(approvals.length > 0 ? [stop] : []), here('Send', serverCommands.chatSend), preview];
  if (questions.length > 0) return [stop, here('Answer', serverCommands.chatSend)];
  return [
    stop,
    here('Send When Done', serverCommands.chatSend, { meanwhile: 'queue' }),
    here('Say Now', serverCommands.chatSend, { meanwhile: 'steer' }),
  ];
}

/** Only what the document shows can be agreed to in it. */
function waiting({ approvals, questions }: ChatState, text: string, here: Here): readonly ChatDeed[] {
  return [
    ...approvals.flatMap(({ hash, maySession }) => {
      const at = lineOf(text, approvalMark(hash));
      if (at === undefined) return [];
      return [
        here('Allow Once', serverCommands.chatApprove, { hash, decision: 'once' }, at),
        ...(maySession
          ? [here('Allow for This Session', serverCommands.chatApprove, { hash, decision: 'session' }, at)]
          : []),
        here('Deny', serverCommands.chatDeny, { hash }, at),
        here('Why', serverCommands.chatWhy, { hash }, at),
      ];
    }),
    ...questions.flatMap(({ call, choices }) => {
      const at = lineOf(text, questionMark(call));
      if (at === undefined) return [];
      return choices.map((choice) => here(fewWords(choice, 60), serverCommands.chatAnswer, { call, text: choice }, at));
    }),
  ];
}

/** Where the line with a mark of ours starts; the last one, should there be several. */
function lineOf(text: string, mark: string): number | undefined {
  const at = text.lastIndexOf(mark);
  return at < 0 ? undefined : text.lastIndexOf('\n', at) + 1;
}
