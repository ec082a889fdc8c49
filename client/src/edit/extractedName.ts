/** The name that a language's own refactoring gave to the function it extracted: "newFunction" and the like. */

/**
 * The name that is new in the inserted texts: the one that a declaration introduces, else the first that is called.
 * Undefined when every name was in the document before.
 */
export function extractedName(before: string, inserted: readonly string[]): string | undefined {
  const known = new Set(before.match(name) ?? []);
  const texts = inserted.join('\n');
  const isNew = ([, found = '']: readonly (string | undefined)[]): boolean => !known.has(found);
  const found = [...texts.matchAll(declared)].find(isNew) ?? [...texts.matchAll(called)].find(isNew);
  return found?.[1];
}

const name = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** The words that introduce a function in the languages that have such refactorings. */
const declared =
  /(?:\b(?:async\s+)?(?:function\*?|def|fn|func|fun|sub|let|const|val|var)\s+)([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*[(<=:])/gu;
const called = /([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*\()/gu;

/** Whether the function is declared outside of the code that it was extracted from, not inside of the same function. */
export function isBeside(name: string, inserted: readonly string[], indentation: number): boolean {
  const lines = inserted.join('\n').split('\n');
  const declaration = lines.find((line) => line.includes(name) && /[{:]\s*$/.test(line));
  return declaration === undefined || declaration.search(/\S/) < indentation;
}
