/** The state of a chat in which nothing happens. */
import type { PanelState } from '../../shared/src/panel.ts';

export const idleState: PanelState = {
  title: 'New Chat',
  folder: 'shop',
  running: false,
  mode: 'ask',
  model: 'claude-sonnet-4-5',
  effort: 'high',
  queued: [],
  approvals: [],
  questions: [],
  todo: [],
  granted: [],
  planned: false,
  pending: 0,
  dollars: 0,
  context: { tokens: 0, window: 200_000 },
  unfinished: false,
  obstacle: { kind: 'none', message: '' },
};
