/** What stands above the composer while it holds: the to-do list, what is allowed unasked, edits that wait, and a plan. */
import { useState } from 'preact/hooks';
import type { PanelState } from '#shared/panel.ts';
import { reviewRequest } from '#shared/panelHost.ts';
import { chatPlanRequest, chatWithdrawRequest } from '#shared/panelRequests.ts';
import { problemOf } from '../composer/problem.ts';
import type { Host } from '../host.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { t } from '../words.ts';

export interface StandingProps {
  readonly host: Host;
  readonly chat: string;
  readonly state: PanelState;
}

export function Todo({ todo }: { readonly todo: PanelState['todo'] }) {
  if (todo.length === 0) return null;
  const done = todo.filter(({ state }) => state === 'done').length;
  const doing = todo.find(({ state }) => state === 'doing')?.text;
  const words = { open: t('open'), doing: t('being done'), done: t('done') };
  const icons: Readonly<Record<string, IconName>> = { open: 'circle', doing: 'arrow-right', done: 'check' };
  return (
    <details class="standing todo">
      <summary>
        <Icon name="chevron-right" />
        <Icon name="checklist" />
        <span class="oneLine">
          {t('{0} of {1} done', done, todo.length)}
          {doing !== undefined && (
            <span class="quiet">
              {' · '}
              <bdi>{doing}</bdi>
            </span>
          )}
        </span>
      </summary>
      <ul class="todoList">
        {todo.map(({ text, state }, at) => (
          <li key={at} class={state}>
            <Icon name={icons[state] ?? 'circle'} />
            <span>
              <span class="spoken">{words[state]}: </span>
              <bdi>{text}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function Granted({ host, chat, state: { granted } }: StandingProps) {
  const [said, say] = useState('');
  if (granted.length === 0) return null;
  const withdraw = (): void => {
    host.ask(chatWithdrawRequest, { chat }).catch((error: unknown) => say(problemOf(error).message));
  };
  return (
    <details class="standing granted">
      <summary>
        <Icon name="chevron-right" />
        <Icon name="shield" />
        <span class="oneLine">
          {granted.length === 1
            ? t('1 thing is allowed for this session')
            : t('{0} things are allowed for this session', granted.length)}
        </span>
      </summary>
      <ul class="grantedList">
        {granted.map((line) => (
          <li key={line}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <button type="button" class="button secondary" onClick={withdraw}>
          {t('Withdraw')}
        </button>
      </div>
      {said !== '' && <p class="cardSaid">{said}</p>}
    </details>
  );
}

export function Pending({ host, pending }: { readonly host: Host; readonly pending: number }) {
  if (pending === 0) return null;
  return (
    <div class="standing bar">
      <Icon name="git-compare" />
      <span class="barText">{pending === 1 ? t('1 edit waits for you') : t('{0} edits wait for you', pending)}</span>
      <button
        type="button"
        class="button secondary"
        onClick={() => void host.ask(reviewRequest, {}).catch(() => undefined)}
      >
        {t('Review')}
      </button>
    </div>
  );
}

export function Plan({ host, chat, state: { planned, running } }: StandingProps) {
  const [said, say] = useState('');
  if (!planned || running) return null;
  const act = (carryOut?: 'ask' | 'acceptEdits'): void => {
    const params = carryOut === undefined ? { chat } : { chat, carryOut };
    host.ask(chatPlanRequest, params).catch((error: unknown) => say(problemOf(error).message));
  };
  return (
    <section class="card plan" aria-label={t('Plan')}>
      <h2 class="cardTitle">
        <Icon name="checklist" />
        <span>{t('The plan is ready')}</span>
      </h2>
      <div class="buttons">
        <button type="button" class="button secondary" onClick={() => act()}>
          {t('Open Plan')}
        </button>
        <button type="button" class="button secondary" onClick={() => act('acceptEdits')}>
          {t('Carry Out: Accept Edits')}
        </button>
        <button type="button" class="button secondary" onClick={() => act('ask')}>
          {t('Carry Out: Ask')}
        </button>
      </div>
      {said !== '' && <p class="cardSaid">{said}</p>}
    </section>
  );
}
