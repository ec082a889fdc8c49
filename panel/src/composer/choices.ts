/** What the menus of the composer offer: models, efforts and modes, with what each means. Pure. */
import type * as z from 'zod';
import type { PanelState } from '#shared/panel.ts';
import type { chatModelsRequest } from '#shared/panelRequests.ts';
import { modelName, short } from '../numbers.ts';
import { t } from '../words.ts';
import type { Choices } from './Menu.tsx';

export type Model = z.infer<typeof chatModelsRequest.result>['models'][number];

export function modeName(mode: PanelState['mode']): string {
  return { ask: t('Ask'), acceptEdits: t('Accept Edits'), plan: t('Plan') }[mode];
}

const modes = ['ask', 'acceptEdits', 'plan'] as const;

export function modeChoices(mode: PanelState['mode']): readonly Choices[] {
  const details = {
    ask: t('Asks before edits and commands'),
    acceptEdits: t('Edits without asking; you review them. Asks before commands'),
    plan: t('Reads only, and writes a plan'),
  };
  const choices = modes.map((id) => ({ id, label: modeName(id), detail: details[id], isChosen: id === mode }));
  return [{ id: 'mode', label: t('Permission Mode'), choices }];
}

export function effortName(effort: PanelState['effort']): string {
  return { low: t('Low'), medium: t('Medium'), high: t('High'), xhigh: t('Very High'), max: t('Maximum') }[effort];
}

const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

/**
 * What is chosen while an answer is being written counts for the next one: the menu says so.
 * @param known those that the server knows; the chosen one is offered even if it does not.
 */
export function modelChoices(
  { model, effort, running }: Pick<PanelState, 'model' | 'effort' | 'running'>,
  known: readonly Model[],
) {
  const isKnown = known.some(({ id }) => id === model);
  const all: readonly Pick<Model, 'id'>[] = isKnown ? known : [{ id: model }, ...known];
  const models = all.map((one) => ({
    id: one.id,
    label: modelName(one.id),
    detail: detailOf(one),
    isChosen: one.id === model,
  }));
  const may = known.find(({ id }) => id === model)?.efforts ?? [effort];
  const offered = efforts.filter((one) => may.includes(one));
  return [
    { id: 'model', label: running ? t('Model, from the next question on') : t('Model'), choices: models },
    ...(offered.length === 0
      ? []
      : [
          {
            id: 'effort',
            label: running ? t('Effort, from the next question on') : t('Effort'),
            choices: offered.map((id) => ({ id, label: effortName(id), isChosen: id === effort })),
          },
        ]),
  ] satisfies readonly Choices[];
}

function detailOf(model: Partial<Model>): string | undefined {
  const parts = [
    ...(model.window === undefined || model.window === 0 ? [] : [t('{0} tokens', short(model.window))]),
    ...(model.price === undefined
      ? []
      : [t('{0} in, {1} out per million', `$${model.price.input}`, `$${model.price.output}`)]),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
}
