/** Files of texts that an editor without other means opens: few, each with its text as it was shown last. */
import { type Disk, Refusal } from '../ports.ts';

export interface ShownFiles {
  /** Resolves with the file's name on the disk. What is shown again keeps its name, so that editors see it change. */
  write(id: string, markdown: string): Promise<string>;
  remove(ids: readonly string[]): Promise<void>;
}

const folder = 'shown';

/** The oldest go. */
const kept = 50;

export function createShownFiles(disk: Disk): ShownFiles {
  // One after the other: two that found the same name would take the file away from each other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(deed: () => Promise<Result>): Promise<Result> => {
    const next = last.then(deed);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    write: (id, markdown) => inTurn(() => write(disk, id, markdown)),
    remove: (ids) => inTurn(() => remove(disk, new Set(ids))),
  };
}

async function write(disk: Disk, id: string, markdown: string): Promise<string> {
  const names = await disk.list(folder);
  // The time first, so that the oldest sort first.
  const known = names.find((each) => idOf(each) === id);
  const name = `${folder}/${known ?? `${Date.now()}-${id}.md`}`;
  if (known !== undefined) await disk.remove(name);
  await disk.create(name, markdown).catch(unlessThere);
  for (const old of names.slice(0, Math.max(0, names.length - kept))) await disk.remove(`${folder}/${old}`);
  return name;
}

/** Another process of ours has just written the same one. */
function unlessThere(error: unknown): void {
  if (!(error instanceof Refusal && error.kind === 'exists')) throw error;
}

async function remove(disk: Disk, ids: ReadonlySet<string>): Promise<void> {
  for (const name of await disk.list(folder)) if (ids.has(idOf(name))) await disk.remove(`${folder}/${name}`);
}

function idOf(name: string): string {
  return /^\d+-(.*)\.md$/.exec(name)?.[1] ?? '';
}
