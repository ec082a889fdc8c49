/** The models endpoint (API section 5). */
import { type Answer, type Caller, json } from '../caller.ts';
import type { RequestOptions } from '../options.ts';
import type { ModelInfo, ModelPage } from '../schema/endpoints.ts';
import { type PageList, pageList } from './pages.ts';
import { part } from './paths.ts';

/** Which part of the list of models. */
export interface ModelListParams {
  /** Models on a page, 1 to 1000. */
  readonly limit?: number;
  readonly after_id?: string;
  readonly before_id?: string;
  /** Retired models are left out unless they are asked for. */
  readonly lifecycle?: readonly ('active' | 'deprecated' | 'retired')[];
}

/** The first page when awaited; every model of all pages when iterated over. */
export type ModelList = PageList<ModelPage, ModelInfo>;

export interface Models {
  /** The models that the key may use, newest first. */
  list(params?: ModelListParams, options?: RequestOptions): ModelList;
  /** One model, by its name or alias. */
  retrieve(id: string, options?: RequestOptions): Answer<ModelInfo>;
}

export function createModels(caller: Caller): Models {
  const page = (params: ModelListParams, options: RequestOptions | undefined): Answer<ModelPage> =>
    json(
      () => caller.call({ operation: 'models.list', method: 'GET', path: '/v1/models', query: { ...params } }, options),
      (checks) => checks.modelPage,
    );
  return {
    list: (params = {}, options) =>
      pageList({
        page: (after) => page(after === undefined ? params : { ...params, after_id: after }, options),
        items: ({ data }) => data,
        after: ({ has_more: more, last_id: last }) => (more === true ? (last ?? undefined) : undefined),
      }),
    retrieve: (id, options) =>
      json(
        () =>
          caller.call(
            { operation: 'models.retrieve', method: 'GET', path: `/v1/models/${part(id, 'model')}` },
            options,
          ),
        (checks) => checks.model,
      ),
  };
}
