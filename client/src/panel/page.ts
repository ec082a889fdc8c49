/** The HTML of the panel's page: one script and one style of ours, and nothing else may load, run or connect (threats S22). Pure. */

export interface PageParts {
  /** Addresses of `panel.mjs` and `panel.css`, as the page loads them. */
  readonly script: string;
  readonly style: string;
  /** What `cspSource` of the webview says: where its resources come from. */
  readonly source: string;
  /** Random, another one for each page. */
  readonly nonce: string;
  /** BCP 47: the editor's display language. */
  readonly language: string;
  readonly title: string;
}

export function pageHtml({ script, style, source, nonce, language, title }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    // Pictures that the person has pasted: bytes that the page has already.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<div id="root"></div>
<script type="module" nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
