/** The entries of one conversation as a tree, from the heads alone: which is newest, and the way there. Pure. */
import type { Usage } from '#shared/usage.ts';
import type { ConversationSummary, JournalPlace } from '../ports.ts';
import type { EntryHead, Head, NameHead } from './heads.ts';
import { limits } from './limits.ts';
import { noUsage, usageSum } from './values.ts';

/** An entry on the disk. */
export interface Node {
  readonly head: EntryHead;
  /** Files may be put together meanwhile. */
  place: JournalPlace;
}

/** An entry on the way; before it something may be missing that was damaged. */
export interface Step {
  readonly node: Node;
  readonly isAfterGap: boolean;
}

export interface Tree {
  learn(head: Head, place: JournalPlace): void;
  get(id: string): Node | undefined;
  all(): Iterable<Node>;
  readonly name: NameHead | undefined;
  /** For what is written next: later than all that is known, also where clocks went back. */
  nextSeq(at: number): number;
  /** From the first entry to the newest one. */
  way(): readonly Step[];
  /** From the first entry to this one. */
  wayTo(node: Node): readonly Step[];
  /** Undefined where there is no conversation, or not yet: of a fork, its name is written last. */
  summary(id: string, title: string): ConversationSummary | undefined;
}

export function createTree(): Tree {
  const nodes = new Map<string, Node>();
  const parents = new Set<string>();
  let name: NameHead | undefined;
  let clock = 0;
  let usage: Usage = noUsage;
  let isOwn = false;
  /** To the newest entry; undefined until somebody asks. */
  let way: Step[] | undefined;
  /** On the way, of so many steps: it is asked for after each entry. */
  let questions: { of: readonly Step[] | undefined; steps: number; count: number } = { of: way, steps: 0, count: 0 };
  let newestAt = '';

  const add = (head: EntryHead, place: JournalPlace): void => {
    const known = nodes.get(head.id);
    // What was written first counts; it may stand elsewhere by now.
    if (known !== undefined) known.place = place;
    if (known !== undefined || nodes.size >= limits.entries) return;
    const node = { head, place };
    nodes.set(head.id, node);
    isOwn ||= !head.isCopy;
    if (head.usage !== undefined && !head.isCopy) usage = usageSum(usage, head.usage);
    if (head.at > newestAt) newestAt = head.at;
    const tip = way?.at(-1)?.node.head;
    const isNext = tip !== undefined && head.parent === tip.id && head.seq > tip.seq && !parents.has(head.id);
    if (head.parent !== undefined) parents.add(head.parent);
    if (isNext) way?.push({ node, isAfterGap: false });
    else way = undefined;
  };
  const questionsOn = (steps: readonly Step[]): number => {
    if (questions.of !== steps) questions = { of: steps, steps: 0, count: 0 };
    for (; questions.steps < steps.length; questions.steps++)
      if (steps[questions.steps]?.node.head.kind === 'asked') questions.count++;
    return questions.count;
  };
  const tree: Tree = {
    learn(head, place) {
      clock = Math.max(clock, head.seq);
      if (head.record === 'entry') add(head, place);
      else if (name === undefined || head.seq > name.seq) name = head;
    },
    get: (id) => nodes.get(id),
    all: () => nodes.values(),
    get name() {
      return name;
    },
    nextSeq(at) {
      clock = Math.max(clock + 1, at);
      return clock;
    },
    way() {
      way ??= wayUp(newest(nodes.values(), parents), nodes, parents);
      return way;
    },
    wayTo: (node) => wayUp(node, nodes, parents),
    summary(id, title) {
      if (nodes.size === 0 || (name === undefined && !isOwn)) return undefined;
      const steps = tree.way();
      const first = steps[0]?.node.head.at ?? newestAt;
      return {
        id,
        title: name?.title ?? title,
        begun: name?.begun ?? first,
        changed: steps.at(-1)?.node.head.at ?? newestAt,
        questions: questionsOn(steps),
        usage: rounded(usage),
        ...(name?.forkOf === undefined ? {} : { forkOf: name.forkOf }),
        ...(name?.folder === undefined ? {} : { folder: name.folder }),
      };
    },
  };
  return tree;
}

/** The same in whatever order it was added up. */
function rounded(usage: Usage): Usage {
  return usage.price === undefined ? usage : { ...usage, price: Math.round(usage.price * 1e9) / 1e9 };
}

/** Of those that nothing follows; of all where each follows another, which no Gloss has written. */
function newest(nodes: Iterable<Node>, parents: ReadonlySet<string>): Node | undefined {
  const all = [...nodes];
  const ends = all.filter(({ head }) => !parents.has(head.id));
  return last(ends.length > 0 ? ends : all);
}

function last(nodes: readonly Node[]): Node | undefined {
  return nodes.reduce<Node | undefined>(
    (found, node) => (found === undefined || isLater(node.head, found.head) ? node : found),
    undefined,
  );
}

function isLater(one: EntryHead, other: EntryHead): boolean {
  return one.seq > other.seq || (one.seq === other.seq && one.id > other.id);
}

function wayUp(from: Node | undefined, nodes: ReadonlyMap<string, Node>, parents: ReadonlySet<string>): Step[] {
  const steps: Step[] = [];
  const passed = new Set<string>();
  let node = from;
  while (node !== undefined && !passed.has(node.head.id)) {
    const { head }: Node = node;
    passed.add(head.id);
    const before = head.parent === undefined ? undefined : nodes.get(head.parent);
    const isAfterGap = head.parent !== undefined && before === undefined;
    steps.push({ node, isAfterGap });
    node = isAfterGap ? beforeGap(head, nodes, parents) : before;
  }
  return steps.reverse();
}

/** The entry before a damaged one is most likely the newest that nothing follows any more, of those before it. */
function beforeGap(head: EntryHead, nodes: ReadonlyMap<string, Node>, parents: ReadonlySet<string>): Node | undefined {
  return last([...nodes.values()].filter((node) => !parents.has(node.head.id) && isLater(head, node.head)));
}
