/** The menus of the composer: with which model and effort, and in which mode, a chat goes on. */
import { useEffect, useState } from 'preact/hooks';
import type { PanelState } from '#shared/panel.ts';
import { chatChooseRequest, chatModelsRequest } from '#shared/panelRequests.ts';
import { announce } from '../announce.tsx';
import type { Host } from '../host.ts';
import { modelName } from '../numbers.ts';
import { useWatched } from '../watched.ts';
import { t } from '../words.ts';
import { effortName, type Model, modeChoices, modelChoices, modeName } from './choices.ts';
import { Menu } from './Menu.tsx';
import type { ComposerModel } from './model.ts';

export interface PickersProps {
  readonly host: Host;
  readonly model: ComposerModel;
  readonly chat: string;
  readonly state: PanelState;
}

export function Pickers({ host, model, chat, state }: PickersProps) {
  useWatched(model);
  const [models, setModels] = useState<readonly Model[]>([]);
  const isChoosingModel = model.picker() === 'models';
  useEffect(() => {
    if (!isChoosingModel) return;
    // Without them the chosen one is offered, and the efforts.
    host.ask(chatModelsRequest, {}).then(
      (known) => setModels(known.models),
      () => undefined,
    );
  }, [host, isChoosingModel]);
  const choose = (group: string, choice: string): void => {
    host.ask(chatChooseRequest, { chat, [group]: choice }).catch(model.tellProblem);
    announce(t('Chosen: {0}', nameOf(group, choice)));
  };
  const chosen = modelName(state.model);
  return (
    <>
      <Menu
        name={t('Permission mode: {0}', modeName(state.mode))}
        title={t('Choose Permission Mode')}
        groups={modeChoices(state.mode)}
        isOpen={model.picker() === 'modes'}
        onOpen={() => model.pick('modes')}
        onClose={() => model.picker() === 'modes' && model.pick(undefined)}
        onChoose={choose}
      >
        <span class="pickerText">{modeName(state.mode)}</span>
      </Menu>
      <Menu
        name={t('Model and effort: {0} {1}', chosen, effortName(state.effort))}
        title={t('Choose Model and Effort')}
        groups={modelChoices(state, models)}
        isOpen={isChoosingModel}
        onOpen={() => model.pick('models')}
        onClose={() => model.picker() === 'models' && model.pick(undefined)}
        onChoose={choose}
      >
        <span class="pickerText">
          {chosen} <span class="quiet">{effortName(state.effort)}</span>
        </span>
      </Menu>
    </>
  );
}

function nameOf(group: string, choice: string): string {
  if (group === 'mode') return modeName(choice as PanelState['mode']);
  return group === 'effort' ? effortName(choice as PanelState['effort']) : modelName(choice);
}
