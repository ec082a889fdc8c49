/** What `extract` makes of the marked lines: what goes in, what comes out, where the function goes. */
import { expect, test } from 'vitest';
import { edited } from './asking.ts';

const rows: readonly (readonly [name: string, language: string, before: string, after: string])[] = [
  [
    'a value that is changed and used afterwards',
    'typescript',
    `function total(order: Order): number {
  let sum = 0;
⟦  for (const item of order.items) {
    sum += item.price;
  }⟧
  return sum;
}`,
    `function total(order: Order): number {
  let sum = 0;
  sum = processItems(order, sum);
  return sum;
}

function processItems(order: Order, sum: number) {
  for (const item of order.items) {
    sum += item.price;
  }
  return sum;
}`,
  ],
  [
    'values that are made there',
    'javascript',
    `function a(b) {
⟦  const c = load(b);
  const d = c.e;⟧
  use(c, d);
}
go();`,
    `function a(b) {
  const [c, d] = loadPart(b);
  use(c, d);
}

function loadPart(b) {
  const c = load(b);
  const d = c.e;
  return [c, d];
}

go();`,
  ],
  [
    'a method, where something is waited for',
    'typescript',
    `class Store {
  async save(key: string) {
⟦    // Write the entry
    await this.disk.put(key);⟧
  }
}`,
    `class Store {
  async save(key: string) {
    await this.writeEntry(key);
  }

  private async writeEntry(key: string) {
    // Write the entry
    await this.disk.put(key);
  }
}`,
  ],
  [
    'lines that return',
    'javascript',
    `function a(b) {
  start();
⟦  if (b) return 1;
  return finish(b);⟧
}`,
    `function a(b) {
  start();
  return finishPart(b);
}

function finishPart(b) {
  if (b) return 1;
  return finish(b);
}`,
  ],
  [
    'what is changed in a loop goes round',
    'javascript',
    `function a(list) {
  let last = 0;
  for (const one of list) {
⟦    log(last);
    last = one;⟧
  }
}`,
    `function a(list) {
  let last = 0;
  for (const one of list) {
    last = computeLast(last, one);
  }
}

function computeLast(last, one) {
  log(last);
  last = one;
  return last;
}`,
  ],
  [
    'callbacks outside of functions',
    'javascript',
    `app.get('/', (req, res) => {
  const id = req.id;
⟦  res.send(\`\${id}\`);⟧
});`,
    `app.get('/', (req, res) => {
  const id = req.id;
  sendRes(res, id);
});

function sendRes(res, id) {
  res.send(\`\${id}\`);
}`,
  ],
  [
    'names of blocks that are closed are others',
    'typescript',
    `function a(b: B) {
  const d = new Order();
  if (b) {
    const c = 1;
    use(c);
  }
  for (const e of b.f) use(e);
⟦  sendAll(c, d);⟧
}`,
    `function a(b: B) {
  const d = new Order();
  if (b) {
    const c = 1;
    use(c);
  }
  for (const e of b.f) use(e);
  sendAllPart(d);
}

function sendAllPart(d: Order) {
  sendAll(c, d);
}`,
  ],
  [
    'Python, several values',
    'python',
    `def a(b):
    c = 1
⟦    c += b
    d = load(c)⟧
    return c, d`,
    `def a(b):
    c = 1
    c, d = load_part(c, b)
    return c, d


def load_part(c, b):
    c += b
    d = load(c)
    return c, d`,
  ],
  [
    'a method in Python',
    'python',
    `class A:
    def b(self, c):
        for d in c:
⟦            self.add(d)⟧

    def e(self):
        pass`,
    `class A:
    def b(self, c):
        for d in c:
            self._add_part(d)

    def _add_part(self, d):
        self.add(d)

    def e(self):
        pass`,
  ],
];

test.each(rows)('%s (%s)', (_name, language, before, after) => {
  expect(edited(before, { action: 'extract', language })).toBe(after);
});

test('the name is a new one', () => {
  const before = 'function a() {\n⟦  startAll();⟧\n}\nfunction startAllPart() {}';
  const after = edited(before, { action: 'extract', language: 'javascript' });
  expect(after).toContain('function startAllPart2() {\n  startAll();\n}');
});
