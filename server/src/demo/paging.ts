/** Lists in pages, in both forms of the API (API reference, "Pagination"). */
import { invalid, json, type Response } from './response.ts';

interface Item {
  readonly id: string;
}

/** `after_id`, `before_id` and `has_more`. */
export function pageById(items: readonly Item[], query: URLSearchParams): Response {
  const limit = limitIn(query);
  if (limit === undefined) return invalid('limit: must be from 1 to 1000');
  const [after, before] = [query.get('after_id'), query.get('before_id')];
  const named = items.findIndex(({ id }) => id === (after ?? before));
  if ((after !== null || before !== null) && named < 0) return invalid('after_id or before_id: no such id');
  const rest = after !== null ? items.slice(named + 1) : before !== null ? items.slice(0, named) : items;
  const data = before === null ? rest.slice(0, limit) : rest.slice(-limit);
  return json({
    data,
    has_more: rest.length > data.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  });
}

/** `page` and `next_page`. */
export function pageByCursor(items: readonly Item[], query: URLSearchParams): Response {
  const limit = limitIn(query);
  if (limit === undefined) return invalid('limit: must be from 1 to 1000');
  const page = query.get('page');
  const from = page === null ? 0 : items.findIndex(({ id }) => cursorOf(id) === page);
  if (from < 0) return invalid('page: no such page');
  const next = items[from + limit];
  return json({ data: items.slice(from, from + limit), next_page: next === undefined ? null : cursorOf(next.id) });
}

function limitIn(query: URLSearchParams): number | undefined {
  const limit = Number(query.get('limit') ?? 20);
  return Number.isInteger(limit) && limit >= 1 && limit <= 1000 ? limit : undefined;
}

/** Opaque, as the API's are. */
function cursorOf(id: string): string {
  return `page_${Buffer.from(id).toString('base64url')}`;
}
