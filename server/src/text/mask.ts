/** Blanks out comments and strings, so that what is left is code: same length, same lines, same offsets. */
import type { Form, Scan } from './forms.ts';
import { type Lexicon, lexiconOf } from './lexicons.ts';
import { blankDirectives } from './preprocessor.ts';

/**
 * The text with spaces for comments, and for each string quotes up to the end of its first line and spaces from there.
 * Length, line breaks and offsets stay. Takes time linear in the text, whatever it holds.
 */
export function maskOf(text: string, languageId: string): string {
  const lexicon = lexiconOf(languageId);
  const masked = blankForms(text, lexicon);
  return lexicon.preprocessor === true ? blankDirectives(masked) : masked;
}

/** Deeper code in strings in code is taken as part of the string. */
const deepest = 40;

function blankForms(text: string, lexicon: Lexicon): string {
  const table = tableOf(lexicon);
  const scan = createScan(text, table);
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const hit = scan.step(at);
    if (hit.form !== undefined) {
      pieces.push(
        text.slice(copied, at),
        hit.form.kind === 'comment' ? blank(text, at, hit.end) : quotes(text, at, hit.end),
      );
      copied = hit.end;
    }
    at = hit.end;
  }
  pieces.push(text.slice(copied));
  return pieces.join('');
}

interface Hit {
  end: number;
  form: Form | undefined;
}

interface Stepper extends Scan {
  /** What begins at `at`: a form, or one character of code. The one answer is reused. */
  step(at: number): Hit;
}

type Table = readonly (readonly Form[] | undefined)[];

function createScan(text: string, table: Table): Stepper {
  const hit: Hit = { end: 0, form: undefined };
  let significant = -1;
  let depth = 0;
  return {
    text,
    noRegexBefore: 0,
    lostHeredocs: 0,
    get significant() {
      return significant;
    },
    step(at) {
      const code = text.charCodeAt(at);
      const forms = code < 128 ? table[code] : undefined;
      hit.end = at + 1;
      hit.form = forms === undefined ? undefined : formAt(forms, this, at, hit);
      if (hit.form === undefined ? code > 32 : hit.form.kind === 'string') significant = hit.end - 1;
      return hit;
    },
    skipHole(from, close) {
      if (depth >= deepest) return from;
      depth++;
      const open = close === ')' ? '(' : '{';
      let at = from;
      for (let level = 1; at < text.length && level > 0; at = this.step(at).end) {
        if (text.charAt(at) === open) level++;
        else if (text.charAt(at) === close) level--;
      }
      depth--;
      return at;
    },
  };
}

/** The form that begins at `at`; notes where it ends. */
function formAt(forms: readonly Form[], scan: Scan, at: number, hit: Hit): Form | undefined {
  for (const form of forms) {
    const end = form.read(scan, at);
    if (end === undefined) continue;
    hit.end = end;
    return form;
  }
  return undefined;
}

const tables = new WeakMap<Lexicon, Table>();

function tableOf(lexicon: Lexicon): Table {
  const known = tables.get(lexicon);
  if (known !== undefined) return known;
  const table: Form[][] = [];
  for (const form of lexicon.forms) {
    for (const start of form.starts) {
      const forms = table[start.charCodeAt(0)] ?? [];
      table[start.charCodeAt(0)] = forms;
      forms.push(form);
    }
  }
  tables.set(lexicon, table);
  return table;
}

function quotes(text: string, start: number, end: number): string {
  let first = start;
  while (first < end && text.charCodeAt(first) !== 10 && text.charCodeAt(first) !== 13) first++;
  return '"'.repeat(first - start) + blank(text, first, end);
}

function blank(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[^\r\n]/g, ' ');
}
