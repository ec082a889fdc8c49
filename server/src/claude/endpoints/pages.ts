/** Lists that come in pages, in both forms that the service has (API section 5, "Pagination"). */
import type { Answer } from '../caller.ts';

/** The first page when awaited; every item of all pages when iterated over. */
export interface PageList<Page, Item> extends Answer<Page>, AsyncIterable<Item> {
  /** The pages one by one; stop when you have enough. */
  pages(): AsyncIterable<Page>;
}

/** How to go on from a page. */
export interface Paging<Page, Item, Cursor> {
  page(cursor: Cursor | undefined): Answer<Page>;
  items(page: Page): readonly Item[];
  /** Where the next page begins; undefined after the last one. */
  after(page: Page): Cursor | undefined;
}

/** A list whose first page is asked for now, and the others when they are wanted. */
export function pageList<Page, Item, Cursor extends string>(paging: Paging<Page, Item, Cursor>): PageList<Page, Item> {
  const first = paging.page(undefined);
  const pages = () => pagesOf(first, paging);
  return Object.assign(first, { pages, [Symbol.asyncIterator]: () => itemsOf(pages(), paging) });
}

/** A list whose pages name the next one, `next_page`; an empty page is not the last one. */
export function cursorList<Item, Page extends CursorPage<Item>>(
  page: (cursor: string | undefined) => Answer<Page>,
): PageList<Page, Page['data'][number]> {
  return pageList({ page, items: ({ data }) => data, after: ({ next_page: next }) => next ?? undefined });
}

interface CursorPage<Item> {
  readonly data: readonly Item[];
  readonly next_page?: string | null | undefined;
}

async function* itemsOf<Page, Item, Cursor>(
  pages: AsyncIterable<Page>,
  paging: Paging<Page, Item, Cursor>,
): AsyncGenerator<Item, undefined> {
  for await (const page of pages) yield* paging.items(page);
}

async function* pagesOf<Page, Item, Cursor extends string>(
  first: Promise<Page>,
  paging: Paging<Page, Item, Cursor>,
): AsyncGenerator<Page, undefined> {
  const seen = new Set<Cursor>();
  for (let page = await first; ; ) {
    yield page;
    const after = paging.after(page);
    // A page that leads back to an earlier one would go on for ever.
    if (after === undefined || seen.has(after)) return;
    seen.add(after);
    page = await paging.page(after);
  }
}
