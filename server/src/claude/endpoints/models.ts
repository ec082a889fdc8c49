/** The models endpoint, and the rules that follow from what it says (API section 5). */
import type { ZodType } from 'zod';
import { type Answer, type Caller, json } from '../caller.ts';
import { ClaudeError } from '../errors.ts';
import { abortedError } from '../failures.ts';
import type { ModelMemory } from '../models/memory.ts';
import { modelHint } from '../models/names.ts';
import type { KnownRules } from '../models/problem.ts';
import { type RequestSchemaOptions, requestSchema } from '../models/requestSchema.ts';
import type { RequestOptions } from '../options.ts';
import type { ModelInfo, ModelPage } from '../schema/endpoints.ts';
import type { MessageRequest } from '../schema/request.ts';
import { type PageList, pageList } from './pages.ts';
import { part } from './paths.ts';

/** Which part of the list of models. */
export interface ModelListParams {
  /** Models on a page, 1 to 1000. */
  readonly limit?: number;
  /** Only models after this one, in the order of the list. */
  readonly after_id?: string;
  /** Only models before this one, in the order of the list. */
  readonly before_id?: string;
  /** Retired models are left out unless they are asked for. */
  readonly lifecycle?: readonly ('active' | 'deprecated' | 'retired')[];
}

/** The first page when awaited; every model of all pages when iterated over. */
export type ModelList = PageList<ModelPage, ModelInfo>;

/** What is said of models here counts from then on for the client's own checks of requests. */
export interface Models {
  /** The models that the key may use, newest first. */
  list(params?: ModelListParams, options?: RequestOptions): ModelList;
  /** One model, by its name or alias. */
  retrieve(id: string, options?: RequestOptions): Answer<ModelInfo>;
  /**
   * The rules in force for a model. The service is asked once and its word kept; `retrieve` asks anew. When it cannot
   * be asked, the rules are those of the static table.
   * @throws ClaudeError of kind `not_found` that names the closest model, when the service has no such model; the
   * failure of asking, when the table does not know the model either.
   */
  rules(id: string, options?: Pick<RequestOptions, 'signal'>): Promise<KnownRules>;
  /** A schema for requests to a model, by its `rules`. @throws ClaudeError, as `rules` does. */
  requestSchema(
    id: string,
    options?: RequestSchemaOptions & Pick<RequestOptions, 'signal'>,
  ): Promise<ZodType<MessageRequest>>;
}

export function createModels(caller: Caller, memory: ModelMemory): Models {
  const page = (params: ModelListParams, options: RequestOptions | undefined): Answer<ModelPage> =>
    json(
      () => caller.call({ operation: 'models.list', method: 'GET', path: '/v1/models', query: { ...params } }, options),
      (checks) => (value) => {
        const checked = checks.modelPage(value);
        if ('value' in checked) for (const info of checked.value.data) memory.remember(info);
        return checked;
      },
    );
  const retrieve = (id: string, options?: RequestOptions): Answer<ModelInfo> =>
    json(
      () =>
        caller.call({ operation: 'models.retrieve', method: 'GET', path: `/v1/models/${part(id, 'model')}` }, options),
      (checks) => (value) => {
        const checked = checks.model(value);
        if ('value' in checked) memory.remember(checked.value, id);
        return checked;
      },
    );
  const rules = rulesAskedOnce(retrieve, memory);
  return {
    list: (params = {}, options) =>
      pageList({
        page: (after) => page(after === undefined ? params : { ...params, after_id: after }, options),
        items: ({ data }) => data,
        after: ({ has_more: more, last_id: last }) => (more === true ? (last ?? undefined) : undefined),
      }),
    retrieve,
    rules,
    requestSchema: async (id, { signal, ...options } = {}) =>
      requestSchema(await rules(id, signal === undefined ? {} : { signal }), options),
  };
}

/** Who asks while the same is being asked waits for that answer; nobody's abort ends it for the others. */
function rulesAskedOnce(retrieve: Models['retrieve'], memory: ModelMemory): Models['rules'] {
  const flights = new Map<string, Promise<KnownRules>>();
  const ask = (id: string): Promise<KnownRules> => {
    const flight = asked(id, retrieve, memory).finally(() => flights.delete(id));
    flights.set(id, flight);
    return flight;
  };
  return async (id, { signal } = {}) =>
    memory.remembered(id) ?? unlessAborted(signal, () => flights.get(id) ?? ask(id));
}

/** The table is at hand: there is no need to insist. */
const soon: RequestOptions = { retries: { attempts: 2 }, deadlines: { total: 30_000 } };

async function asked(id: string, retrieve: Models['retrieve'], memory: ModelMemory): Promise<KnownRules> {
  try {
    await retrieve(id, soon);
  } catch (error) {
    if (!(error instanceof ClaudeError) || error.kind === 'aborted') throw error;
    // A gateway without this endpoint answers 404 as well, but not in the service's words.
    if (error.kind === 'not_found' && error.errorType === 'not_found_error') throw noSuchModel(id, error, memory);
    if (memory.rulesFor(id) === undefined) throw error;
  }
  return memory.rulesFor(id) ?? { id };
}

function noSuchModel(id: string, cause: ClaudeError, memory: ModelMemory): ClaudeError {
  const { status, requestId, errorType, host, stage } = cause;
  const hint = modelHint(id, memory.names());
  const what = `The service has no model ${JSON.stringify(id.slice(0, 100))} for this key.`;
  return new ClaudeError('not_found', hint === undefined ? what : `${what} ${hint}`, {
    ...{ status, requestId, errorType, host, stage, cause },
    field: 'model',
  });
}

async function unlessAborted<Value>(signal: AbortSignal | undefined, start: () => Promise<Value>): Promise<Value> {
  if (signal === undefined) return start();
  if (signal.aborted) throw abortedError(signal.reason);
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(abortedError(signal.reason));
  signal.addEventListener('abort', onAbort, { once: true });
  const value = start();
  // Who gave up does not hear of a failure any more.
  value.catch(() => {});
  return Promise.race([promise, value]).finally(() => signal.removeEventListener('abort', onAbort));
}
