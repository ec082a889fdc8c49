/** Names that are clearer by a table, by type and by use; and names for what was extracted. */
import { expect, test } from 'vitest';
import { answered, asked, requestFor } from './asking.ts';
import { editStep } from './editStep.ts';

function nameOf(text: string, action: string, language: string, symbol?: string): string | undefined {
  const question = { action, language, ...(symbol === undefined ? {} : { symbol }) };
  return /^`(.*)`\n\n\*Demo: rules wrote this, no model is running\.\*$/.exec(answered(text, question).text)?.[1];
}

test.each([
  ['const cfgIdx = 1;', 'typescript', 'cfgIdx', 'configIndex'],
  ['MAX_CNT = 1', 'python', 'MAX_CNT', 'MAX_COUNT'],
  ['tmp_str = 1', 'python', 'tmp_str', 'temporary_text'],
  ['class BtnMgr {}', 'typescript', 'BtnMgr', 'ButtonManager'],
  ['this._cb = 1', 'typescript', '_cb', '_callback'],
  ['function f(o: Order) {}', 'typescript', 'o', 'order'],
  ['function f(a: Order[]) {}', 'typescript', 'a', 'orders'],
  ['function f(n: number) {}', 'typescript', 'n', 'count'],
  ['for (const x of order.items) {}', 'typescript', 'x', 'item'],
  ['items.map((i) => i.b)', 'typescript', 'i', 'item'],
  ['try {} catch (e) {}', 'typescript', 'e', 'error'],
  ['for (let i = 0; i < 3; i++) {}', 'typescript', 'i', 'index'],
  ['func (b *Bucket) Take(n float64) {}', 'go', 'b', 'bucket'],
  ['fn a(p: &Point) {}', 'rust', 'p', 'point'],
  ['int a(struct node *n) {}', 'c', 'n', 'node'],
  ['for w in words:\n    pass', 'python', 'w', 'word'],
  ['const idx = a.index;', 'typescript', 'idx', 'index'],
  ['const total = 1;', 'typescript', 'total', 'total'],
  ['const idx = 1; const index = 2;', 'typescript', 'idx', 'idx'],
  ['const cls = 1;', 'typescript', 'cls', 'cls'],
])('%s: `%s` → %s', (code, language, symbol, name) => {
  expect(nameOf(code, 'rename', language, symbol)).toBe(name);
});

test.each([
  ['loadOrders(a);', 'typescript', 'loadOrdersPart'],
  ['// Apply the discount\nsum *= 0.9;', 'typescript', 'applyDiscount'],
  ['gaps.push(a);', 'typescript', 'pushGaps'],
  ['for (const a of order.items) {}', 'typescript', 'processItems'],
  ['sum += a;', 'typescript', 'computeSum'],
  ['this.disk.clear()', 'typescript', 'clearDisk'],
  ['parse_header(a)', 'python', 'parse_header_part'],
  ['x', 'python', 'extracted_part'],
  ['Save();', 'csharp', 'SavePart'],
])('%j is named by what it does', (code, language, name) => {
  expect(nameOf(code, 'name', language)).toBe(name);
});

test('a name is told where no tool is offered as well', () => {
  const request = requestFor(asked('const idx = 1;'), { action: 'rename', language: 'typescript', symbol: 'idx' });
  const { tools: _none, ...bare } = request;
  expect(editStep(bare)?.text).toMatch(/^`index`\n/);
  expect(
    editStep({ ...bare, ...requestFor(asked('a'), { action: 'simplify', language: 'go' }), tools: [] }),
  ).toBeUndefined();
});
