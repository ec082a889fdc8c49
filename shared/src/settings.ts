/** The settings that the server reads per document, with their defaults. A bad value falls back to its default. */
import * as z from 'zod';
import { Level } from './explain.ts';

/** A list that cannot be read might have named any file: then all of them stay (threats, rule 4). */
const ExcludedFiles = z.array(z.string().max(1000)).max(1000).catch(['**']);

const Switch = z.boolean().catch(true).default(true);

/** Whom an explanation is for: who knows the trade, who is new to the code or its language, who learns to program. */
export const Audience = z.enum(['professional', 'newcomer', 'student']);
export type Audience = z.infer<typeof Audience>;

/** How often is thought, and how long (API reference, "Effort"). */
export const Effort = z.enum(['low', 'medium', 'high', 'xhigh', 'max']);
export type Effort = z.infer<typeof Effort>;

/** How much a chat may do unasked: see `Mode` in `server/src/tool.ts`. */
export const ChatMode = z.enum(['ask', 'acceptEdits', 'plan']);

/** What sends in the chat panel: with `ctrlEnter` Enter is a new line. Read by the editor's side. */
export const SendKey = z.enum(['enter', 'ctrlEnter']);
export type SendKey = z.infer<typeof SendKey>;

/** `automatic`: while typing; `manual`: only when the editor is told to ask; `off`. */
export const SuggestionMode = z.enum(['automatic', 'manual', 'off']);
export type SuggestionMode = z.infer<typeof SuggestionMode>;

const suggestionDefaults = {
  mode: 'automatic',
  languages: { plaintext: 'off', markdown: 'off', 'scm-input': 'off' },
  model: 'claude-haiku-5-5',
  maxPerHour: 600,
  limitPerHour: 1,
} as const;

/** What a tool may do unasked, or must not. `match`: a glob for paths, the exact words for commands; all calls when absent. */
export const PermissionRule = z.strictObject({
  /** Name of a tool, or `*`. */
  tool: z.string().min(1).max(64),
  match: z.string().min(1).max(1_000).optional(),
  decision: z.enum(['allow', 'ask', 'refuse']),
});
export type PermissionRule = z.infer<typeof PermissionRule>;

export const PermissionRules = z.array(PermissionRule).max(500);

/** Rules that cannot be read might have refused anything: then everything is asked (threats, rule 4). */
export const unreadableRules: PermissionRule[] = [{ tool: '*', decision: 'ask' }];

const Dollars = (amount: number) => z.number().min(0).max(100_000).catch(amount).default(amount);

const chatDefaults = {
  model: 'claude-sonnet-5-5',
  fallbackModel: '',
  effort: 'high',
  sendKey: 'enter',
  instructionFiles: true,
  commandTimeout: 120,
  maxRequests: 50,
  maxTokens: 5_000_000,
  limitPerQuestion: 2,
  limitPerConversation: 10,
  limitPerDay: 25,
} as const;

/** Names as in the manifest, without the `gloss.` in front. `test/manifest.test.ts` holds the two together. */
export const Settings = z.object({
  explain: z
    .object({
      level: Level.catch('normal').default('normal'),
      /** Model id for explanations. */
      model: z.string().trim().min(1).max(128).catch('claude-sonnet-5-5').default('claude-sonnet-5-5'),
      /** Language to answer in; empty: the editor's display language. */
      language: z.string().trim().max(64).catch('').default(''),
      audience: Audience.catch('professional').default('professional'),
    })
    .prefault({})
    .catch({ level: 'normal', model: 'claude-sonnet-5-5', language: '', audience: 'professional' }),
  edit: z
    .object({
      /** Model id for edits. */
      model: z.string().trim().min(1).max(128).catch('claude-sonnet-5-5').default('claude-sonnet-5-5'),
      /** `inEditor`: new code grows in the file as pending hunks; `preview`: the editor's refactor preview shows it first. */
      review: z.enum(['inEditor', 'preview']).catch('inEditor').default('inEditor'),
    })
    .prefault({})
    .catch({ model: 'claude-sonnet-5-5', review: 'inEditor' }),
  chat: z
    .object({
      /** Model id for chats. */
      model: z.string().trim().min(1).max(128).catch(chatDefaults.model).default(chatDefaults.model),
      /** Model that goes on when the first one declines or is overloaded; empty: none. */
      fallbackModel: z.string().trim().max(128).catch('').default(''),
      effort: Effort.catch(chatDefaults.effort).default(chatDefaults.effort),
      sendKey: SendKey.catch(chatDefaults.sendKey).default(chatDefaults.sendKey),
      /** Read `CLAUDE.md` and `AGENTS.md` of trusted folders. */
      instructionFiles: Switch,
      /** Seconds that a command may run. */
      commandTimeout: z
        .number()
        .min(1)
        .max(3_600)
        .catch(chatDefaults.commandTimeout)
        .default(chatDefaults.commandTimeout),
      /** Requests for one question before it is asked whether to go on. */
      maxRequests: z.int().min(1).max(500).catch(chatDefaults.maxRequests).default(chatDefaults.maxRequests),
      /** Tokens in and out of all requests for one question, those from the cache as well, before it is asked whether to go on. */
      maxTokens: z.int().min(1).max(1_000_000_000).catch(chatDefaults.maxTokens).default(chatDefaults.maxTokens),
      /** US dollars before it is asked whether to go on. */
      limitPerQuestion: Dollars(chatDefaults.limitPerQuestion),
      limitPerConversation: Dollars(chatDefaults.limitPerConversation),
      limitPerDay: Dollars(chatDefaults.limitPerDay),
      permissions: PermissionRules.catch(unreadableRules).default([]),
    })
    .prefault({})
    .catch({ ...chatDefaults, permissions: unreadableRules }),
  suggestions: z
    .object({
      mode: SuggestionMode.catch('off').default(suggestionDefaults.mode),
      /** By language id; others have `mode`. */
      languages: z
        .record(z.string().max(100), SuggestionMode.catch('off'))
        .catch(suggestionDefaults.languages)
        .default(suggestionDefaults.languages),
      /** Model id for suggestions while typing. */
      model: z.string().trim().min(1).max(128).catch(suggestionDefaults.model).default(suggestionDefaults.model),
      /** Requests to the service in an hour; the others have to be asked for by hand. */
      maxPerHour: z
        .int()
        .min(1)
        .max(10_000)
        .catch(suggestionDefaults.maxPerHour)
        .default(suggestionDefaults.maxPerHour),
      /** US dollars in an hour. */
      limitPerHour: Dollars(suggestionDefaults.limitPerHour),
    })
    .prefault({})
    .catch({ ...suggestionDefaults, mode: 'off' }),
  codeActions: z
    .object({
      quickfix: Switch,
      rewrite: Switch,
      extract: Switch,
      custom: Switch,
    })
    .prefault({})
    .catch({ quickfix: true, rewrite: true, extract: true, custom: true }),
  codeLens: z
    .object({ enabled: z.boolean().catch(true).default(true) })
    .prefault({})
    .catch({ enabled: true }),
  /** More files that must never leave this machine, as gitignore patterns. */
  excludedFiles: ExcludedFiles.default([]),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({});
