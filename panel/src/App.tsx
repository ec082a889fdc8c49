/** The whole page: head, transcript or list of chats, what waits for the person, and the composer. */
import { useEffect, useRef } from 'preact/hooks';
import { announce, LiveRegion } from './announce.tsx';
import { Cards } from './cards/Cards.tsx';
import { remediesOf } from './cards/remedies.ts';
import { Trouble } from './cards/Trouble.tsx';
import { ChatList } from './chats/ChatList.tsx';
import { Empty } from './chats/Empty.tsx';
import { Composer } from './composer/Composer.tsx';
import type { ComposerModel } from './composer/model.ts';
import { attempt, failures } from './deed.ts';
import { Head } from './Head.tsx';
import type { Host } from './host.ts';
import type { Session } from './session.ts';
import type { ChatStore, Ended } from './store.ts';
import { createDeeds } from './transcript/deeds.ts';
import { Transcript } from './transcript/Transcript.tsx';
import type { Asked } from './transcript/tools.ts';
import { useWatched } from './watched.ts';
import { t } from './words.ts';

export interface AppParts {
  readonly session: Session;
  readonly composer: ComposerModel;
}

export function App({ session, composer }: AppParts) {
  useWatched(session);
  const store = session.store();
  const chat = store?.chat;
  useEffect(() => {
    if (chat !== undefined) composer.show(chat);
  }, [chat, composer]);
  const isList = session.view() === 'chats';
  return (
    <div class="app">
      <Head session={session} composer={composer} />
      {isList ? <List session={session} composer={composer} /> : <Body session={session} composer={composer} />}
      {store !== undefined && !isList && <Bottom session={session} composer={composer} store={store} />}
      <LiveRegion />
    </div>
  );
}

/** Whoever leaves the list goes on in the chat, with the keyboard there. */
function List({ session, composer }: AppParts) {
  const leave = (act: () => void): void => {
    act();
    composer.focus();
  };
  return (
    <ChatList
      host={session.host}
      chat={session.store()?.chat}
      folders={session.welcome.folders}
      onOpen={(chat, item) =>
        leave(() => {
          session.show('transcript');
          void session.open(chat, item);
        })
      }
      onNew={() => leave(session.begin)}
      onGone={() => leave(session.begin)}
      onClose={() => leave(() => session.show('transcript'))}
    />
  );
}

function Body({ session, composer }: AppParts) {
  const store = session.store();
  const failure = session.failure();
  if (failure !== undefined)
    return (
      <main class="body" aria-label={t('Conversation')}>
        <Trouble {...failure} host={session.host} onRetry={() => void session.open(store?.chat ?? session.opening())} />
      </main>
    );
  if (store === undefined) return <main class="body" aria-label={t('Conversation')} aria-busy="true" />;
  if (store.items().length === 0)
    return (
      <main class="body" aria-label={t('Conversation')}>
        <Empty sendKey={session.welcome.sendKey} onExample={(text) => composer.fill(text)} />
      </main>
    );
  return <Transcript key={store.chat} session={session} composer={composer} store={store} />;
}

function Bottom({ session, composer, store }: AppParts & { readonly store: ChatStore }) {
  const state = store.state();
  const ended = store.ended();
  useEnding(ended);
  return (
    <>
      {session.server() !== 'running' && (
        <Trouble
          host={session.host}
          kind="server"
          message={session.server() === 'starting' ? t('Gloss is starting.') : t('Gloss has stopped working.')}
        />
      )}
      {state.obstacle.kind !== 'none' && <Trouble host={session.host} {...state.obstacle} />}
      {ended !== undefined && <Ending {...{ session, composer, store, ended }} />}
      <Failed host={session.host} />
      <Cards host={session.host} chat={store.chat} state={state} onDone={composer.focus} />
      <Composer host={session.host} model={composer} chat={store.chat} state={state} />
    </>
  );
}

/** What can be done about an answer that is not there, and why it is not, where the transcript does not tell it. */
function Ending({ session, composer, store, ended }: AppParts & { readonly store: ChatStore; readonly ended: Ended }) {
  const { ending, message, kind = '' } = ended;
  const question = lastQuestion(store);
  const again = (): void => {
    if (question === undefined) return;
    void attempt(() => createDeeds(session, composer, store.chat).retry(question));
  };
  const isFailed = ending === 'failed';
  const isTold = store.items().some((item) => item.is === 'notice' && item.text === message);
  if (!isFailed && (ending !== 'limit' || remediesOf(kind).length === 0)) return null;
  if (isFailed && message === undefined && remediesOf(kind).length === 0) return null;
  const said = isFailed ? t('The question could not be answered.') : t('It stopped at a limit.');
  return (
    <Trouble
      // What was done about one failure is not done about the next.
      key={store.keyOf(question?.id ?? '')}
      host={session.host}
      kind={kind}
      message={isFailed && message !== undefined && !isTold ? message : said}
      onAskAgain={isFailed && question !== undefined ? again : undefined}
    />
  );
}

function lastQuestion(store: ChatStore): Asked | undefined {
  const item = store.items().findLast(({ is }) => is === 'asked');
  return item?.is === 'asked' ? item : undefined;
}

/** What a button could not do. */
function Failed({ host }: { readonly host: Host }) {
  useWatched(failures);
  const failure = failures.last();
  return failure && <Trouble {...failure} host={host} onDismiss={failures.forget} />;
}

/** Says that a reply is finished, not its words: those are read where they stand. */
function useEnding(ended: Ended | undefined): void {
  const said = useRef(ended);
  useEffect(() => {
    if (said.current === ended) return;
    said.current = ended;
    if (ended !== undefined) announce(endings[ended.ending]());
  });
}

const endings: Readonly<Record<Ended['ending'], () => string>> = {
  finished: () => t('The reply is finished.'),
  stopped: () => t('Stopped.'),
  limit: () => t('Stopped at a limit.'),
  failed: () => t('It failed.'),
  refused: () => t('The reply was refused.'),
};
