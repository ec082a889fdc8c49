/** What a client says of itself when it starts the server (LSP `initializationOptions` and `capabilities.experimental.gloss`). */
import * as z from 'zod';
import { PermissionRules, unreadableRules } from './settings.ts';

/** In US dollars. */
const Limit = z.number().min(0).max(100_000).optional().catch(undefined);

/** For any client. All optional: a bare editor sends nothing. */
export const InitializationOptions = z.object({
  /** The workspace is trusted. Absent: unknown, and nothing that needs trust runs. */
  trusted: z.boolean().optional().catch(undefined),
  /** Endpoint for bare clients; with `gloss/connection` the editor's answer counts instead. */
  baseUrl: z.string().max(2048).optional().catch(undefined),
  /** Absolute path of a folder for receipts, private to this person. Absent: the system's place for state. */
  storage: z
    .string()
    .max(4096)
    .regex(/^(\/|[A-Za-z]:[\\/])/)
    .optional()
    .catch(undefined),
  /** Rules of the person for chats. Of clients without `gloss/connection` only these may allow anything. */
  permissions: PermissionRules.optional().catch(unreadableRules),
  /** Limits of the person for chats; without `gloss/connection` settings can only lower them. */
  limits: z
    .object({
      perQuestion: Limit,
      perConversation: Limit,
      perDay: Limit,
      /** As `gloss.chat.maxRequests`. */
      requests: z.int().min(1).max(500).optional().catch(undefined),
      /** As `gloss.chat.maxTokens`. */
      tokens: z.int().min(1).max(1_000_000_000).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type InitializationOptions = z.infer<typeof InitializationOptions>;

/** Which `gloss/*` requests and notifications the client answers. */
export const GlossCapabilities = z.object({
  connection: z.boolean().catch(false).default(false),
  symbols: z.boolean().catch(false).default(false),
  status: z.boolean().catch(false).default(false),
  /** `gloss/apply`, `gloss/prepare`, `gloss/approve`, `gloss/hunks`: new text waits in the buffer for the person (product decision 10.1). */
  pendingEdits: z.boolean().catch(false).default(false),
  /** `gloss/definitions` and `gloss/problems`. */
  lookups: z.boolean().catch(false).default(false),
  /** `gloss/references`, `gloss/hover` and `gloss/allProblems`. */
  navigation: z.boolean().catch(false).default(false),
  /** Hears `gloss/explanations`. */
  explanations: z.boolean().catch(false).default(false),
  /** `gloss/rename` and `gloss/extract`. */
  refactorings: z.boolean().catch(false).default(false),
  /** Hears `gloss/terminal`, and tells `gloss/terminalClosed`. */
  terminal: z.boolean().catch(false).default(false),
  /** `gloss/save`. */
  save: z.boolean().catch(false).default(false),
  /** `gloss/chatContext`. */
  chatContext: z.boolean().catch(false).default(false),
  /** Hears `gloss/chatChanged` and `gloss/chatStates`: it has a panel for chats. */
  panel: z.boolean().catch(false).default(false),
  /** Hears `gloss/suggestions`. */
  suggestions: z.boolean().catch(false).default(false),
});
export type GlossCapabilities = z.infer<typeof GlossCapabilities>;
