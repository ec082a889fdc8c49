/** What of the settings of chats and suggestions only the person may loosen: a bare editor may have the others from a project's file (threats S18). */
import type { InitializationOptions } from '#shared/initialization.ts';
import { defaultSettings, type Settings } from '#shared/settings.ts';

/** What the person has said when they started the server. */
export type Personal = Pick<InitializationOptions, 'permissions' | 'limits'>;

type Limit = 'maxRequests' | 'maxTokens' | 'limitPerQuestion' | 'limitPerConversation' | 'limitPerDay';

/**
 * Rules and limits no looser than the person's, or than the defaults where they have said nothing.
 * @param told what `settings` were read from: a limit that is not there lowers nothing.
 */
export function withinPersonal(settings: Settings, told: unknown, personal: Personal): Settings {
  const { permissions = [], limits = {} } = personal;
  const { chat, suggestions } = settings;
  const toldChat = fieldsOf(fieldsOf(told)['chat']);
  const lowest = (name: Limit, own: number = defaultSettings.chat[name]): number =>
    toldChat[name] === undefined ? own : Math.min(chat[name], own);
  const usual = defaultSettings.suggestions;
  return {
    ...settings,
    suggestions: {
      ...suggestions,
      maxPerHour: Math.min(suggestions.maxPerHour, usual.maxPerHour),
      limitPerHour: Math.min(suggestions.limitPerHour, usual.limitPerHour),
    },
    chat: {
      ...chat,
      permissions: [...permissions, ...chat.permissions.filter(({ decision }) => decision !== 'allow')],
      maxRequests: lowest('maxRequests', limits.requests),
      maxTokens: lowest('maxTokens', limits.tokens),
      limitPerQuestion: lowest('limitPerQuestion', limits.perQuestion),
      limitPerConversation: lowest('limitPerConversation', limits.perConversation),
      limitPerDay: lowest('limitPerDay', limits.perDay),
    },
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
