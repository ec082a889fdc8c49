/** Blocks of data in a prompt: what stands in one cannot end it, nor leave the quotes of its attributes (threats S25). Pure. */

/** @param delimiter unguessable, or the text could end the block. */
export function block(name: string, attributes: string, lines: readonly string[], delimiter: string): string {
  const body = lines.join('\n').replaceAll(delimiter, '_');
  return `<${name} ${attributes} id="${delimiter}">\n${body}\n</${name} ${delimiter}>`;
}

/** A file's name is data as well: it cannot leave its quotes or its line. */
export function attribute(text: string): string {
  return text.replace(/["<>\r\n\u2028\u2029]/g, '_').slice(0, 500);
}
