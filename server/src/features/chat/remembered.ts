/** The same world for one who looks again and again while a question is written: what did not change is not read or cleaned anew. */
import type { Cleaned, Files, Search } from '../../ports.ts';
import type { ComposeWorld } from './piece.ts';

/** Code units of what is kept, of texts and of what was made of them. */
const mostKept = 8_000_000;
/** Milliseconds for which what a search has found counts. */
const fresh = 5_000;

/** @param now milliseconds. */
export function remembered<World extends ComposeWorld>(world: World, now: () => number): World {
  const { files, outgoing, search } = world;
  const cleaned = createKept<Cleaned>(({ text }) => text.length);
  return {
    ...world,
    files: { ...files, ...readingOnce(files) },
    outgoing: {
      ...outgoing,
      // By the text itself, which is what it depends on: a key that became known meanwhile is taken out when it is sent.
      clean: (text: string) => cleaned.of(text, () => outgoing.clean(text)),
    },
    search: { ...search, ...searchingOnce(search, now) },
  };
}

/** A file is read again when something of it has changed. */
function readingOnce(files: Files): Pick<Files, 'read' | 'readBytes'> {
  const texts = createKept<string>((text) => text.length);
  const bytes = createKept<Uint8Array>(({ length }) => length);
  const by = async <Value>(kept: Kept<Value>, uri: string, read: () => Promise<Value>): Promise<Value> => {
    const stamp = await files.stamp(uri);
    return stamp === undefined ? read() : kept.of(`${uri}\0${stamp}`, read);
  };
  return {
    read: (uri) => by(texts, uri, () => files.read(uri)),
    readBytes: (uri, most) => by(bytes, uri, () => files.readBytes(uri, most)),
  };
}

function searchingOnce(search: Search, now: () => number): Pick<Search, 'files' | 'text'> {
  const found = createKept<unknown>((value) => JSON.stringify(value).length);
  const by = <Value>(question: object, ask: () => Promise<Value>): Promise<Value> =>
    found.of(`${Math.floor(now() / fresh)} ${JSON.stringify(question)}`, ask) as Promise<Value>;
  return {
    files: (question, signal) => by(question, () => search.files(question, signal)),
    text: (question, signal) => by(question, () => search.text(question, signal)),
  };
}

interface Kept<Value> {
  of(key: string, make: () => Promise<Value>): Promise<Value>;
}

/** What was used last is kept. What is still made is not shared: who has asked for it may stop it. */
function createKept<Value>(sizeOf: (value: Value) => number): Kept<Value> {
  const kept = new Map<string, { readonly value: Value; readonly size: number }>();
  let size = 0;
  const forget = (key: string): void => {
    size -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  return {
    async of(key, make) {
      const known = kept.get(key);
      const value = known === undefined ? await make() : known.value;
      forget(key);
      const one = known ?? { value, size: key.length + sizeOf(value) };
      kept.set(key, one);
      size += one.size;
      for (const oldest of kept.keys()) {
        if (size <= mostKept) break;
        forget(oldest);
      }
      return value;
    },
  };
}
