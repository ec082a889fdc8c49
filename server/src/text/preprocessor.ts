/** Takes a preprocessor's lines out of code: the directives, what `#if 0` hides, and second branches that would open a brace twice. */

/** Masked code with directives blanked, continued lines included. A branch that opens more braces than it closes, or ends in the middle of a declaration, keeps only its first variant. */
export function blankDirectives(code: string): string {
  if (!code.includes('#')) return code;
  const branches: Branch[] = [];
  const pieces: string[] = [];
  for (let at = 0; at < code.length; ) {
    const end = lineEnd(code, at);
    const directive = directiveAt(code, at, end);
    const next = directive === undefined ? end : continuedEnd(code, at, end);
    const hidden = branches.at(-1)?.hidden === true;
    pieces.push(
      directive === undefined && !hidden ? code.slice(at, next) : code.slice(at, next).replace(/[^\r\n]/g, ' '),
    );
    if (directive !== undefined) enterOrLeave(branches, directive, code.slice(at, next));
    else if (!hidden) follow(branches.at(-1), code, at, end);
    at = next;
  }
  return pieces.join('');
}

interface Branch {
  /** Braces opened and not closed since the branch began. */
  open: number;
  /** The last character of code in it; what another character than these ends is half a declaration. */
  last: string;
  hidden: boolean;
  /** All variants of it are hidden, because what is around it is. */
  readonly inside: boolean;
}

function enterOrLeave(branches: Branch[], directive: string, text: string): void {
  const top = branches.at(-1);
  if (directive.startsWith('if')) {
    const inside = top?.hidden === true;
    branches.push({ open: 0, last: '', hidden: inside || /#\s*if\s+0\s*$/.test(text), inside });
  } else if (directive === 'endif') {
    const ended = branches.pop();
    const outer = branches.at(-1);
    if (ended !== undefined && outer !== undefined) outer.open += ended.open;
  } else if (directive.startsWith('el') && top !== undefined) {
    top.hidden = top.inside || top.open !== 0 || !';{},:\\'.includes(top.last);
  }
}

function follow(branch: Branch | undefined, code: string, start: number, end: number): void {
  if (branch === undefined) return;
  for (let at = start; at < end; at++) {
    const character = code.charCodeAt(at);
    if (character <= 32) continue;
    branch.last = code.charAt(at);
    if (character === 123) branch.open++;
    else if (character === 125) branch.open--;
  }
}

const directives = /[ \t]*#[ \t]*(\w*)/y;

function directiveAt(code: string, start: number, end: number): string | undefined {
  directives.lastIndex = start;
  const match = directives.exec(code);
  return match === null || start + match[0].length > end ? undefined : match[1];
}

/** Behind the directive's last line: a backslash at a line's end goes on. */
function continuedEnd(code: string, start: number, firstEnd: number): number {
  let from = start;
  let end = firstEnd;
  while (end < code.length && /\\[ \t]*\r?\n?$/.test(code.slice(Math.max(from, end - 8), end))) {
    from = end;
    end = lineEnd(code, end);
  }
  return end;
}

/** Behind the line's break. */
function lineEnd(code: string, from: number): number {
  const at = code.indexOf('\n', from);
  return at < 0 ? code.length : at + 1;
}
