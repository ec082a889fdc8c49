/**
 * Between one page and what it may ask: every message is parsed by its method's schema, bounded, and answered by the server
 * or by a deed of the extension. Anything else has no effect (threats S22). Pure: the editor is behind its parts.
 */
import type * as z from 'zod';
import { type HostMessage, type HostSpec, PageMessage, readyRequest } from '#shared/panelHost.ts';
import { chatCloseRequest, chatDecideRequest, chatOpenRequest, panelRequests } from '#shared/panelRequests.ts';
import type { RequestSpec } from '#shared/request.ts';
import type { Ask } from '../ask.ts';
import type { Failed } from '../failed.ts';
import type { Words } from '../words.ts';
import { createRate, isBounded } from './limits.ts';
import type { Looking } from './looking.ts';

/** Something that the extension itself does for a page. */
export interface Deed {
  readonly method: string;
  run(params: unknown): Promise<unknown>;
  readonly params: z.ZodType;
}

/** Ties a deed to its schemas. */
export function deed<Params, Result>(
  { method, params }: HostSpec<Params, Result>,
  run: (params: Params) => Promise<Result>,
): Deed {
  return { method, params, run: async (value) => run(params.parse(value)) };
}

export interface RelayParts {
  readonly looking: Looking;
  readonly deeds: readonly Deed[];
  post(message: HostMessage): void;
  ask: Ask;
  /** What becomes of an error: words for the person. */
  toFailed(error: unknown): Pick<Failed, 'message' | 'kind'>;
  readonly words: Words;
  /** Told once for each kind. Never what the page said: that may be anything. */
  log(message: string): void;
  now(): number;
  /** The page begins to draw: what it is told unasked arrives from now on. */
  ready(): void;
  focused(has: boolean): void;
}

export interface Relay {
  /** A message of the page, of any shape. */
  receive(message: unknown): void;
  /** The page is hidden or gone: what it asked is not answered, and it looks at nothing until it is ready again. */
  leave(): void;
}

type Asked = Extract<PageMessage, { readonly is: 'ask' }>;
type Checked =
  | { run(): Promise<unknown> }
  /** `why`: for the log; `message`: for the person. */
  | { readonly why: string; readonly message: string; readonly kind: string };

/** Scrolling asks for texts, typing for completion: what asks more often is no page of ours. */
const often = { burst: 400, perSecond: 100 };
const mostAtOnce = 200;

export function createRelay(parts: RelayParts): Relay {
  const { looking, post, words } = parts;
  const mayAsk = createRate({ ...often, now: parts.now });
  const logged = new Set<string>();
  /** Another one whenever the page begins anew: what an earlier one asked is not answered to it. */
  let page = 0;
  let atOnce = 0;
  const refuse = (why: string): void => {
    if (!logged.has(why)) parts.log(`A message of the chat panel has no effect: ${why}.`);
    logged.add(why);
  };
  const begin = (): void => {
    page += 1;
    atOnce = 0;
    looking.leave();
  };
  const answer = async ({ n, method }: Asked, run: () => Promise<unknown>): Promise<void> => {
    if (method === readyRequest.method) begin();
    const asker = page;
    const isThere = (): boolean => asker === page;
    atOnce += 1;
    try {
      const result = await run();
      if (isThere()) post({ is: 'answer', n, result });
    } catch (error) {
      const { message, kind } = parts.toFailed(error);
      if (isThere()) post({ is: 'failed', n, message, kind });
      return;
    } finally {
      if (isThere()) atOnce -= 1;
    }
    if (method === readyRequest.method && isThere()) parts.ready();
  };
  /** What is asked, with its params parsed; or why it is not answered. */
  const check = ({ method, params }: Asked): Checked => {
    const cannot = words.t('Something went wrong inside Gloss. The log has the details; trying again may help.');
    const known = knownMethod(method, parts);
    if (known === undefined) return { why: 'it asks for what there is not', message: cannot, kind: 'invalid' };
    const parsed = known.params.safeParse(params);
    if (!parsed.success)
      return { why: `${known.method} came with what cannot be read`, message: cannot, kind: 'invalid' };
    if (!mayAsk.take() || atOnce >= mostAtOnce)
      return { why: 'there are too many', message: words.t('Too much at once. Try again in a moment.'), kind: 'busy' };
    if (known.method === chatDecideRequest.method && !wasShown(looking, parsed.data)) {
      const why = 'it answers an approval that this page was not shown';
      return { why, message: words.t('This is not asked any more.'), kind: 'stale' };
    }
    return { run: () => known.run(parsed.data) };
  };
  const receiveAsked = (asked: Asked): void => {
    const checked = check(asked);
    if ('run' in checked) void answer(asked, checked.run);
    else {
      refuse(checked.why);
      post({ is: 'failed', n: asked.n, message: checked.message, kind: checked.kind });
    }
  };
  return {
    receive(message) {
      if (!isBounded(message)) return refuse('it is too large');
      const parsed = PageMessage.safeParse(message);
      if (!parsed.success) return refuse('it is none of those that there are');
      switch (parsed.data.is) {
        case 'ask':
          return receiveAsked(parsed.data);
        case 'drawn':
          return looking.drawn(parsed.data.n);
        case 'focused':
          return parts.focused(parsed.data.has);
      }
    },
    leave: begin,
  };
}

function wasShown(looking: Looking, params: unknown): boolean {
  const { chat, hash } = chatDecideRequest.params.parse(params);
  return looking.wasShown(chat, hash);
}

/** How a method is answered: by a deed, or by the server. */
function knownMethod(method: string, { deeds, looking, ask }: RelayParts): Deed | undefined {
  const own = deeds.find((each) => each.method === method);
  if (own !== undefined) return own;
  const spec = panelRequests.find((each) => each.method === method);
  if (spec === undefined) return undefined;
  const { params } = spec;
  switch (spec.method) {
    case chatOpenRequest.method:
      return { method, params, run: (value) => looking.open(chatOpenRequest.params.parse(value)) };
    case chatCloseRequest.method:
      // Another page may look at the chat.
      return { method, params, run: async (value) => closeIn(looking, chatCloseRequest.params.parse(value).chat) };
    default:
      // The schema has made the params what the spec says; the compiler sees only that they are one of many.
      return { method, params, run: (value) => ask(spec as RequestSpec<object, unknown>, value as object) };
  }
}

function closeIn(looking: Looking, chat: string): object {
  if (looking.chat() === chat) looking.leave();
  return {};
}
