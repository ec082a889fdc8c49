/** The state of a chat as a panel shows it. Pure. */
import type { PanelApproval, PanelQuestion, PanelState } from '#shared/panel.ts';
import type { Chat } from '../chat.ts';
import type { ApprovalRequest, Question, Trust } from '../ports.ts';
import { isUnfinished } from './chatTurns.ts';
import { inLine } from './panelItems.ts';

/** What is not of the chat itself. */
export interface StateFacts {
  /** Edits of it that await the person. */
  readonly pending: number;
  readonly trust: Trust;
  /** Workspace folders that are open. */
  readonly folders: number;
}

export function panelStateOf(chat: Chat, { pending, trust, folders }: StateFacts): PanelState {
  const { summary, entries } = chat.stored();
  const { running, mode, model, effort, queued, approvals, questions, todo, granted, planned, dollars, context } =
    chat.state();
  return {
    ...{
      title: summary.title,
      folder: summary.folder ?? '',
      running,
      mode,
      model,
      effort,
    },
    ...{ queued: [...queued], planned, pending, context },
    approvals: approvals.map(approvalOf),
    questions: questions.map(questionOf),
    todo: todo.map(({ text, state }) => ({ text: inLine(text), state })),
    granted: [...granted],
    ...(dollars === undefined ? {} : { dollars }),
    unfinished: !running && isUnfinished(entries),
    obstacle: obstacleOf(trust, folders),
  };
}

/** It has been made visible before: nothing of it is left out (threats S17). */
function approvalOf({ title, facts, because, maySession, hash }: ApprovalRequest): PanelApproval {
  return { title, facts: facts.map((fact) => ({ ...fact })), because: [...because], maySession, hash };
}

function questionOf({ call, text, choices }: Question): PanelQuestion {
  return { call, text, choices: [...choices] };
}

function obstacleOf(trust: Trust, folders: number): PanelState['obstacle'] {
  if (trust === 'restricted')
    return { kind: 'untrusted', message: 'This workspace is not trusted, so chats are off. Trust it to go on.' };
  if (folders === 0)
    return { kind: 'noFolder', message: 'No folder is open: Gloss can answer, but it can read and change no files.' };
  return { kind: 'none', message: '' };
}
