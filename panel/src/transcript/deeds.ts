/** What can be done with a question and its answers: ask it again, changed or not, begin another chat with it, copy. */
import { copyRequest } from '#shared/panelHost.ts';
import { chatContentsRequest, chatForkRequest, chatMarkdownRequest, chatSendRequest } from '#shared/panelRequests.ts';
import type { ComposerModel } from '../composer/model.ts';
import type { Session } from '../session.ts';
import { t } from '../words.ts';
import type { Asked, TurnDeeds } from './tools.ts';

export function createDeeds(session: Session, composer: ComposerModel, chat: string): TurnDeeds {
  const { host } = session;
  /** Of long questions only the beginning is here. */
  const whole = async ({ id, text, length = text.length }: Asked): Promise<string> => {
    if (length <= text.length) return text;
    const { contents } = await host.ask(chatContentsRequest, { chat, items: [id] });
    return contents[0]?.text ?? text;
  };
  return {
    async edit(asked) {
      composer.edit(asked.id, await whole(asked));
      composer.focus();
      return undefined;
    },
    async retry(asked) {
      const { id } = asked;
      const text = await whole(asked);
      const { answer } = await host.ask(chatSendRequest, {
        ...{ chat, from: id, draft: { text, media: [], selection: false } },
      });
      return answer;
    },
    async fork(asked) {
      const forked = await host.ask(chatForkRequest, { chat, item: asked });
      await session.open(forked.chat);
      composer.show(forked.chat);
      composer.fill(forked.text);
      composer.focus();
      return t('A new chat begins before this question.');
    },
    async copy(asked) {
      const { markdown } = await host.ask(chatMarkdownRequest, { chat, item: asked });
      await host.ask(copyRequest, { text: markdown });
      return t('Copied.');
    },
  };
}
