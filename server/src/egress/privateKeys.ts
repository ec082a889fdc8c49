/** Finds private keys in PEM and OpenSSH armour, also when only a part of one was selected. */
import type { Found } from './tokenShapes.ts';

/** From the first to the last line of each key. A header alone, as in code that handles keys, is none. */
export function privateKeysIn(text: string): readonly Found[] {
  const marks = [...text.matchAll(armour)].map((match) => ({
    opens: match[1] === 'BEGIN',
    start: match.index,
    end: match.index + match[0].length,
  }));
  return marks.flatMap((mark, index) => {
    const next = marks[index + 1];
    const previous = marks[index - 1];
    if (mark.opens && next?.opens === false && isBody(text.slice(mark.end, next.start)))
      return key(mark.start, next.end);
    if (mark.opens) return keyIf(mark.end, bodyAfter(text, mark.end), mark.start);
    if (previous?.opens && isBody(text.slice(previous.end, mark.start))) return [];
    return keyIf(mark.start, bodyBefore(text, mark.start, previous?.end ?? 0), mark.end);
  });
}

const armour = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

function key(start: number, end: number): readonly Found[] {
  return [{ start, end, kind: 'private-key' }];
}

/** The key between its armour's far end and where its body ends; none where there is no body. */
function keyIf(armourEdge: number, bodyEdge: number, armourFarEdge: number): readonly Found[] {
  if (armourEdge === bodyEdge) return [];
  return key(Math.min(bodyEdge, armourFarEdge), Math.max(bodyEdge, armourFarEdge));
}

/** Base64 is all that stands between the marks of a key; quotes, line breaks and the signs of code that join strings may hold it together. */
function isBody(between: string): boolean {
  return (
    between.length < 65_536 &&
    /[A-Za-z0-9+/=]{16}/.test(between) &&
    /^[A-Za-z0-9+/=\s"'`\\,;:#*>|()._-]*$/.test(between)
  );
}

/** A line of a cut key: Base64, a header such as `Proc-Type:`, or nothing. */
const bodyLine =
  /^[\s"'`+#*>|]*(?:[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]{0,15}={1,2}|(?:Proc-Type|DEK-Info|Version|Comment):[^\n]*|)(?:\\[nr])*[\s"'`,;+\\)\]}]*$/;

const longestLine = 500;

function bodyAfter(text: string, from: number): number {
  let end = from;
  for (let at = from; at < text.length; ) {
    const next = endOfLine(text, at);
    const line = text.slice(at, next);
    if (line.length > longestLine || !bodyLine.test(line)) break;
    if (line.trim().length > 1) end = next;
    at = next + 1;
  }
  return end;
}

function bodyBefore(text: string, from: number, lowest: number): number {
  let start = from;
  for (let at = from; at > lowest; ) {
    const previous = at < 2 ? 0 : Math.max(lowest, text.lastIndexOf('\n', at - 2) + 1);
    const line = text.slice(previous, at).replace(/\n$/, '');
    if (line.length > longestLine || !bodyLine.test(line))
      return at === from ? from : (quotedBodyStart(line, previous) ?? start);
    if (line.trim().length > 1) start = previous;
    at = previous;
  }
  return start;
}

/** In a file within a string, the first line of a cut key stands behind the string's quote. */
function quotedBodyStart(line: string, offset: number): number | undefined {
  const match = /["'`][A-Za-z0-9+/=]{40,}$/.exec(line);
  return match === null ? undefined : offset + match.index + 1;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
