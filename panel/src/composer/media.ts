/** Pictures and PDFs that are pasted or dropped. Pure, but for reading them. */
import type { Media } from '#shared/panelRequests.ts';
import { t } from '../words.ts';

/** Bytes: what `Media` takes, and the service. */
const largest = 10_000_000;
/** As `Draft` has it. */
export const mostMedia = 20;

const types: Readonly<Record<string, string>> = {
  iVBORw: 'image/png',
  '/9j/': 'image/jpeg',
  R0lGOD: 'image/gif',
  UklGR: 'image/webp',
  JVBERi: 'application/pdf',
};

/** By what stands at its beginning, as names lie; undefined where it is neither picture nor PDF. */
function typeOf({ base64 }: Pick<Media, 'base64'>): string | undefined {
  return Object.entries(types).find(([beginning]) => base64.startsWith(beginning))?.[1];
}

/** What can be shown as a picture. */
export function pictureOf(media: Media): string | undefined {
  const type = typeOf(media);
  return type?.startsWith('image/') === true ? `data:${type};base64,${media.base64}` : undefined;
}

export interface Read {
  readonly media: readonly Media[];
  /** What was not taken, and why. */
  readonly notices: readonly string[];
}

/** Reads files one after another, so that a heap of them does not fill the memory. */
export async function readFiles(files: readonly File[], room: number): Promise<Read> {
  const media: Media[] = [];
  const notices: string[] = [];
  for (const file of files) {
    const name = file.name === '' ? t('Picture') : file.name.slice(0, 200);
    if (media.length >= room) {
      notices.push(t('At most {0} pictures and PDFs go along with a question.', mostMedia));
      break;
    }
    if (file.size > largest) {
      notices.push(t('{0} is larger than 10 MB, too large to go along.', name));
      continue;
    }
    const read = { name, base64: toBase64(new Uint8Array(await file.arrayBuffer())) };
    if (typeOf(read) === undefined)
      notices.push(
        /^image\/(?:png|jpeg|gif|webp)$/.test(file.type)
          ? t('{0} is damaged, or no picture of the kind that its name says.', name)
          : t('{0} is neither a picture nor a PDF. Write @ to mention a file of your folder.', name),
      );
    else media.push(read);
  }
  return { media, notices };
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}

/** With names that tell them apart. */
export function together(media: readonly Media[], more: readonly Media[]): readonly Media[] {
  const all = [...media];
  for (const one of more) {
    if (all.length >= mostMedia) break;
    const taken = new Set(all.map(({ name }) => name));
    let { name } = one;
    for (let count = 2; taken.has(name); count += 1) name = numbered(one.name, count);
    all.push({ ...one, name });
  }
  return all;
}

function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name} ${count}` : `${name.slice(0, dot)} ${count}${name.slice(dot)}`;
}
