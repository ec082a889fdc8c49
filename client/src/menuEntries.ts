/** What the status bar's menu offers in each state: the most likely thing first. */
import { clientCommands } from '#shared/commands.ts';
import { isDemo, moodOf, type Situation } from './statusLook.ts';
import type { Words } from './words.ts';

export interface MenuEntry {
  readonly label: string;
  readonly detail?: string;
  /** Command to run; absent for a heading. */
  readonly command?: string;
}

/** VS Code's own editor for workspace trust. */
const manageTrust = 'workbench.trust.manage';

export function menuEntries(situation: Situation, words: Words): readonly MenuEntry[] {
  const entries = entriesFor(words);
  const trust = situation.trusted ? [] : [entries.trust];
  if (moodOf(situation) === 'failed') return [entries.restart, entries.log, ...trust];
  const demo = isDemo(situation);
  const key = situation.status?.state === 'signedOut' || demo ? [entries.setKey] : [];
  const rest = key.length === 0 ? [entries.setKey] : [];
  const usual = [
    ...key,
    demo ? entries.stopDemo : entries.startDemo,
    entries.check,
    entries.sent,
    ...rest,
    entries.log,
    entries.restart,
    ...trust,
  ].sort((one, other) => rank(one, situation) - rank(other, situation));
  return [...usual, ...suggestionEntries(situation, words)];
}

function suggestionEntries({ suggestions }: Situation, words: Words): readonly MenuEntry[] {
  if (suggestions === undefined) return [];
  const { language, mode, restUntil } = suggestions;
  const rests = restUntil !== undefined && restUntil > new Date();
  const ofLanguage = {
    label:
      mode === 'off'
        ? words.t('$(circle-filled) Turn Suggestions On for This Language')
        : words.t('$(circle-slash) Turn Suggestions Off for This Language'),
    ...(language === undefined ? {} : { detail: language }),
    command: clientCommands.toggleSuggestions,
  };
  return [
    { label: words.t('Suggestions While Typing') },
    ...(language === undefined ? [] : [ofLanguage]),
    { label: words.t('$(settings) Choose Suggestion Mode'), command: clientCommands.suggestionMode },
    {
      label: rests ? words.t('$(bell) Snooze Longer, or End It') : words.t('$(bell-slash) Snooze Suggestions'),
      command: clientCommands.snoozeSuggestions,
    },
    { label: words.t('$(question) Why No Suggestion?'), command: clientCommands.whySuggestion },
    { label: words.t('$(graph) Suggestion Statistics'), command: clientCommands.suggestionStatistics },
  ];
}

/** With a problem on the way to the service the check comes first; otherwise the order above holds. */
function rank({ command }: MenuEntry, situation: Situation): number {
  const mood = moodOf(situation);
  const troubled = mood === 'error' || mood === 'limited';
  if (troubled && command === clientCommands.testConnection) return 0;
  // With a key in place the demo is the least likely wish.
  return command === clientCommands.startDemo && situation.status?.state !== 'signedOut' ? 2 : 1;
}

function entriesFor(words: Words) {
  return {
    setKey: { label: words.t('$(key) Set API Key'), command: clientCommands.setApiKey },
    startDemo: {
      label: words.t('$(beaker) Start Demo'),
      detail: words.t('Needs no key. Answers are made by rules on this machine; no model is running.'),
      command: clientCommands.startDemo,
    },
    stopDemo: { label: words.t('$(debug-stop) Stop Demo'), command: clientCommands.stopDemo },
    check: { label: words.t('$(plug) Check Connection'), command: clientCommands.testConnection },
    sent: { label: words.t('$(eye) What Was Sent'), command: clientCommands.showWhatWasSent },
    log: { label: words.t('$(output) Show Log'), command: clientCommands.showLog },
    restart: { label: words.t('$(debug-restart) Restart Server'), command: clientCommands.restartServer },
    trust: {
      label: words.t('$(shield) Manage Workspace Trust'),
      detail: words.t('Restricted Mode: settings of this workspace are not used. Explaining works.'),
      command: manageTrust,
    },
  } satisfies Record<string, MenuEntry>;
}
