/** Images, documents and search results in a request (API reference, "Messages", content blocks). */
import { isUnchanging, knownOf } from '../unchanging.ts';
import { below, type Report, type Rule } from './problem.ts';
import { flag, list, object, oneOf, orNull, type Shape, text, variants } from './shapes.ts';
import { type Fields, fieldOf, isFields, listOf, typeOf } from './values.ts';

/** Characters of base64. */
const largestImage = 10 * 1024 * 1024;

const url = object({ url: text }, ['url']);
const file = object({ file_id: text }, ['file_id']);
const citations = orNull(object({ enabled: flag }));

const imageData: Shape = (value, report) => {
  text(value, report);
  if (typeof value === 'string' && value.length > largestImage)
    report([], 'has more than 10 MB as base64. Send a smaller image.');
};

const imageTypes = oneOf('image/jpeg', 'image/png', 'image/gif', 'image/webp');

const image = object(
  {
    source: variants({
      base64: object({ media_type: imageTypes, data: imageData }, ['media_type', 'data']),
      url,
      file,
    }),
    transformations: orNull(object({ oversized_image: oneOf('downsize', 'error') })),
  },
  ['source'],
);

/** Text without citations: see `checkContent` for text elsewhere. */
const plainText: Shape = (value, report) => {
  object({ text }, ['text'])(value, report);
  if (listOf(fieldOf(value, 'citations')).length > 0)
    report(['citations'], 'are in a search result or document. Leave them out: only answers of the model have them.');
};

const part = variants({ text: plainText, image });

const parts: Shape = (value, report) => {
  if (typeof value !== 'string') list(part)(value, report);
};

const document = object(
  {
    source: variants({
      base64: object({ media_type: oneOf('application/pdf'), data: text }, ['media_type', 'data']),
      text: object({ media_type: oneOf('text/plain'), data: text }, ['media_type', 'data']),
      content: object({ content: parts }, ['content']),
      url,
      file,
    }),
    title: orNull(text),
    context: orNull(text),
    citations,
  },
  ['source'],
);

const searchResult = object({ content: list(variants({ text: plainText })), source: text, title: text, citations }, [
  'content',
  'source',
  'title',
]);

export const mediaShapes = { image, document, searchResult };

const mostMedia = 600;
const mostMediaOfSmallWindow = 100;
const smallWindow = 200_000;

/** How many images and PDFs there are, and whether the model reads them, and cites. */
export const media: Rule = (request, report, { rules }) => {
  const { id, contextWindow, features = {} } = rules ?? {};
  const most = contextWindow !== undefined && contextWindow <= smallWindow ? mostMediaOfSmallWindow : mostMedia;
  const shaped = isFields(fieldOf(request['output_config'], 'format'));
  let count = 0;
  eachSource(request['messages'], report, (block, here) => {
    const kind = kindOf(block);
    if (kind !== undefined) count += 1;
    if (kind === 'image' && features.image_input === false)
      here([], `is an image, which ${id} does not read. Leave it out, or use another model.`);
    if (kind === 'pdf' && features.pdf_input === false)
      here([], `is a PDF, which ${id} does not read. Send its text, or use another model.`);
    if (fieldOf(block['citations'], 'enabled') !== true) return;
    if (features.citations === false)
      here(['citations'], `are asked for, which ${id} does not give. Leave them out, or use another model.`);
    if (shaped) here(['citations'], 'cannot be combined with output_config.format. Leave one of them out.');
  });
  if (count > most)
    report(['messages'], `hold ${count} images and PDFs, and ${most} are possible. Leave some of them out.`);
};

/** Each PDF has one page at least. Documents by file id may be of any kind. */
function kindOf(block: Fields): 'image' | 'pdf' | undefined {
  if (block['type'] === 'image') return 'image';
  if (block['type'] !== 'document') return undefined;
  const source = typeOf(block['source']);
  return source === 'base64' || source === 'url' ? 'pdf' : undefined;
}

type Visit = (block: Fields, here: Report) => void;

function eachSource(messages: unknown, report: Report, visit: Visit): void {
  for (const [at, message] of listOf(messages).entries()) {
    if (isUnchanging(message) && isFields(message) && !hasSources(message)) continue;
    const content = fieldOf(message, 'content');
    if (Array.isArray(content)) visitList(content, below(report, 'messages', at, 'content'), visit, 2);
  }
}

const hasSources = knownOf((message) => {
  let count = 0;
  const content = listOf(fieldOf(message, 'content'));
  visitList(
    content,
    () => undefined,
    () => void count++,
    2,
  );
  return count > 0;
});

const sources: ReadonlySet<unknown> = new Set(['image', 'document', 'search_result']);

/** @param levels Lists that may be inside: results of tools hold documents, and documents hold parts. */
function visitList(content: readonly unknown[], report: Report, visit: Visit, levels: number): void {
  for (const [at, block] of content.entries()) {
    if (!isFields(block)) continue;
    if (sources.has(block['type'])) visit(block, below(report, at));
    const inside = levels === 0 ? undefined : insideOf(block);
    if (inside !== undefined) visitList(inside.content, below(report, at, ...inside.path), visit, levels - 1);
  }
}

function insideOf(
  block: Fields,
): { readonly content: readonly unknown[]; readonly path: readonly string[] } | undefined {
  if (block['type'] === 'tool_result') return { content: listOf(block['content']), path: ['content'] };
  if (block['type'] !== 'document') return undefined;
  return { content: listOf(fieldOf(block['source'], 'content')), path: ['source', 'content'] };
}
