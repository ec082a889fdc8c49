/** Which model and effort a chat has: what was chosen in it, in memory, else what the settings say. */
import type { Effort, Settings } from '#shared/settings.ts';
import { modelRules } from '../claude/index.ts';
import { Refusal } from '../ports.ts';

export interface Chosen {
  readonly model?: string | undefined;
  readonly effort?: Effort | undefined;
}

export interface Choice {
  /** The settings as they are now, with what was chosen in the chat. */
  settings(): Promise<Settings>;
  /** As of the last look at the settings. */
  now(): { readonly model: string; readonly effort: Effort };
  /** @throws Refusal for a model that nobody knows. */
  choose(wanted: Chosen): void;
}

/** @param known the settings when the chat was opened. */
export function createChoice(known: Settings, read: () => Promise<Settings>): Choice {
  let base = known;
  let chosen: { model?: string; effort?: Effort } = {};
  return {
    async settings() {
      base = await read();
      return { ...base, chat: { ...base.chat, ...chosen } };
    },
    now: () => ({ model: chosen.model ?? base.chat.model, effort: chosen.effort ?? base.chat.effort }),
    choose({ model, effort }) {
      if (model !== undefined && model !== base.chat.model) refuseUnknown(model);
      chosen = { ...chosen, ...(model === undefined ? {} : { model }), ...(effort === undefined ? {} : { effort }) };
    },
  };
}

/** A question that no service answers would be paid for with waiting. What the person has set themselves is tried. */
function refuseUnknown(model: string): void {
  const rules = modelRules(model);
  if (rules !== undefined && rules.lifecycle !== 'retired') return;
  const why = rules === undefined ? 'is not known here' : 'is not offered any more';
  throw new Refusal(
    `The model ${model} ${why}. Choose another one, or name it in the setting "gloss.chat.model".`,
    'noModel',
  );
}
