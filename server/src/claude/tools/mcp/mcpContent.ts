/** From what an MCP server answers to blocks for the model (MCP specification, "Tools", results). */
import type { DocumentParam, ImageParam, TextParam } from '../../schema/request.ts';
import { isRecord } from '../../schema/standard.ts';

type McpBlock = TextParam | ImageParam | DocumentParam;
type Fields = Readonly<Record<string, unknown>>;

/** The content of a result as blocks. What cannot be shown to the model is named in words: it should not guess. */
export function blocksOf(result: object): readonly McpBlock[] {
  const { content, structuredContent }: Fields = { ...result };
  const items = Array.isArray(content) ? content.filter(isRecord) : [];
  const blocks = items.map(blockOf).filter((block) => block.type !== 'text' || block.text !== '');
  if (blocks.length > 0 || structuredContent === undefined || structuredContent === null) return blocks;
  return [text(JSON.stringify(structuredContent))];
}

function text(content: string): TextParam {
  return { type: 'text', text: content };
}

function blockOf(item: Fields): McpBlock {
  switch (item['type']) {
    case 'text':
      return text(stringIn(item, 'text'));
    case 'image':
      return imageOf(item['mimeType'], item['data']) ?? leftOut('image', item);
    case 'resource':
      return isRecord(item['resource']) ? resourceOf(item['resource']) : leftOut('resource', item);
    case 'resource_link':
      return text(
        `[${stringIn(item, 'name') || 'resource'}](${stringIn(item, 'uri')}) ${stringIn(item, 'description')}`.trim(),
      );
    default:
      return leftOut(stringIn(item, 'type') || 'content', item);
  }
}

function resourceOf(resource: Fields): McpBlock {
  const { uri, mimeType, text: plain, blob } = resource;
  const title = typeof uri === 'string' && uri !== '' ? { title: uri } : {};
  if (typeof plain === 'string')
    return plain === ''
      ? text('')
      : { type: 'document', source: { type: 'text', media_type: 'text/plain', data: plain }, ...title };
  if (mimeType === 'application/pdf' && isBase64(blob))
    return { type: 'document', source: { type: 'base64', media_type: mimeType, data: blob }, ...title };
  return imageOf(mimeType, blob) ?? leftOut('resource', resource);
}

const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;

function imageOf(mimeType: unknown, data: unknown): ImageParam | undefined {
  const type = imageTypes.find((known) => known === mimeType);
  if (type === undefined || !isBase64(data)) return undefined;
  return { type: 'image', source: { type: 'base64', media_type: type, data } };
}

function isBase64(data: unknown): data is string {
  return typeof data === 'string' && data !== '' && /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data);
}

function leftOut(what: string, { uri, mimeType }: Fields): TextParam {
  const details = [mimeType, uri].filter((detail) => typeof detail === 'string' && detail !== '');
  return text(`[${[what, ...details].join(' ').slice(0, 300)}: left out, it cannot be shown here]`);
}

function stringIn(item: Fields, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}
