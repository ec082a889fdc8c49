/** Finds what an edit would make the editor fetch or obey by itself: schemas, images, style sheets, modelines (threats S11). */
import {
  cssAddresses,
  decodedEntities,
  imagesIn,
  jsonAddresses,
  keyedAddresses,
  markupAddresses,
  scriptAddresses,
  tagAddresses,
  wordsIn,
  xmlAddresses,
  yamlAddresses,
} from './addresses.ts';

/**
 * Hosts that an editor may contact by itself because of what the edit adds; addresses that were there before do not
 * count. Servers of UNC paths are hosts as well. Pure, and its time grows with the texts.
 * @param path decides together with `languageId` how the text is read: each of them may add a way.
 */
export function hostsFetched(path: string, languageId: string, before: string, after: string): readonly string[] {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const language = languageId.toLowerCase();
  const ways = readers.filter(({ names, languages }) => names.test(name) || languages.test(language));
  // Comments of any language are shown as Markdown on hover.
  const addressesIn = (text: string) => [...imagesIn(text), ...ways.flatMap(({ read }) => read(text, name))];
  const named = addressesIn(after);
  if (named.length === 0) return [];
  const known = new Set(addressesIn(before));
  const added = new Set(named.filter((address) => !known.has(address)));
  return [...new Set([...added].flatMap((address) => hostOf(address) ?? []))];
}

/** Lines that set options of Vim, Emacs or Kate in whatever opens the file, as far as the edit adds them. */
export function modelinesAdded(before: string, after: string): readonly string[] {
  const known = new Set(modelinesIn(before));
  return [...new Set(modelinesIn(after))].filter((line) => !known.has(line));
}

/** Vim looks at five lines on each side, Emacs for its list of variables in the last 3,000 characters. */
function modelinesIn(text: string): readonly string[] {
  const lines = text.split(/\r\n?|\n/);
  const outer = lines.length > 10 ? [...lines.slice(0, 5), ...lines.slice(-5)] : lines;
  const variables = text.slice(-4000).split(/\r\n?|\n/);
  const found = [...outer.filter((line) => modeline.test(line)), ...variables.filter((line) => emacsList.test(line))];
  return found.map((line) => line.trim().slice(0, 200));
}

const modeline = /(?:^|\s)(?:vim(?:[<=>]?\d+)?:\s*\S|(?:vi|ex):\s*(?:set?\s|\w+\s*[=:!]))|-\*-.*-\*-|\bkate:\s*\w/i;
const emacsList = /\blocal variables:/i;

interface Reader {
  /** Of the file's name, in lower case. */
  readonly names: RegExp;
  readonly languages: RegExp;
  readonly read: (text: string, name: string) => readonly string[];
}

const readers: readonly Reader[] = [
  {
    names:
      /\.(?:json[c5l]?|ndjson|ipynb|webmanifest|(?:geo|topo)json|avsc|har|arb|gltf|map|code-[\w-]+|sublime-[\w-]+)$/,
    languages: /json|jupyter/,
    read: jsonAddresses,
  },
  {
    names: /\.(?:ya?ml|sls|cff)$|^\.\w+rc$/,
    languages: /ya?ml|compose|helm|workflow|pipelines|ansible|openapi/,
    read: yamlAddresses,
  },
  { names: /\.(?:toml|lock)$|^pipfile$/, languages: /toml/, read: keyedAddresses },
  {
    names:
      /\.(?:xml|xs[dl]|xslt|svg|wsdl|xht(?:ml)?|dtd|ent|mod|rng|sch|plist|resx|xaml|xlf|xliff|\w*proj|props|targets|config|nuspec|rss|atom|opml|kml|gpx|dita\w*|dbk|fxml|tld|pom|ui|glade|drawio|storyboard|xib|manifest)$/,
    languages: /xml|xsl|svg|dtd|plist|proj|maven|xaml|dita/,
    read: xmlAddresses,
  },
  {
    names:
      /\.(?:x?html?|xht|svg|vue|svelte|astro|php|erb|ejs|hbs|handlebars|mustache|jinja2?|j2|njk|twig|liquid|cshtml|razor|jsp|aspx?|h?eex|ftl|gohtml|tmpl)$/,
    languages: /html|svg|vue|svelte|astro|php|erb|ejs|handlebars|jinja|twig|liquid|razor/,
    read: (text) => [...tagAddresses(text), ...cssAddresses(text), ...cssAddresses(decodedEntities(text))],
  },
  {
    names: /\.(?:md|markdown|mkd|mdown|mdx|mdc|[rq]md)$/,
    languages: /markdown|mdx|quarto|prompt|instructions|chatmode/,
    read: tagAddresses,
  },
  { names: /\.(?:css|s[ac]ss|less|styl|pcss)$/, languages: /css|s[ac]ss|less|stylus/, read: cssAddresses },
  {
    names: /\.(?:[cm]?[jt]sx?|pkl|mdx|vue|svelte|astro)$/,
    languages: /javascript|typescript|deno|pkl|mdx/,
    read: scriptAddresses,
  },
  { names: /\.dhall$/, languages: /dhall/, read: (text) => wordsIn(text).filter((word) => /^https?:/i.test(word)) },
  {
    names: /\.(?:rst|adoc|asciidoc|org|puml|plantuml|wsd|iuml)$/,
    languages: /restructuredtext|asciidoc|^org$|plantuml/,
    read: markupAddresses,
  },
];

/** As browsers read addresses, seen from a file: with backslashes, without a scheme, with tabs in between. */
function hostOf(address: string): string | undefined {
  if (/^\s*data:/i.test(address)) return undefined;
  const plain = address.replace(/^\s*(?:(?:jar|url|feed|view-source):)+/i, '');
  const host = URL.canParse(plain, 'file:///') ? new URL(plain, 'file:///') : undefined;
  if (host?.protocol === 'vscode:') return undefined;
  const named = host?.host ?? /^[a-z+.-]*:?[\\/]{2}([^\\/?#]{1,253})/i.exec(plain)?.[1] ?? '';
  // A place to be filled in is no host.
  return named === '' || /[{}$<>%*]/.test(named) ? undefined : named;
}
