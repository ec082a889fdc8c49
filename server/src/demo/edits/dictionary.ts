/** A small word list: enough to show where a translation would stand, and no translation. */

/** The tag of a language that is given by name or tag; what is not known stays as it is. */
export function tagOf(language: string): string {
  const name = language.trim().toLowerCase();
  const known = names.get(name) ?? names.get(name.split(/[^\p{L}]/u)[0] ?? '');
  if (known !== undefined) return known;
  const tag = /^[a-z]{2,3}(?=$|[-_])/.exec(name)?.[0];
  return tag ?? (name.replace(/[^\p{L}\p{N} -]/gu, '').slice(0, 20) || '?');
}

const names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    en: 'english englisch anglais inglés',
    de: 'german deutsch allemand alemán',
    fr: 'french français francais französisch francés',
    es: 'spanish español espanol spanisch espagnol',
    it: 'italian italiano',
    pt: 'portuguese português',
    nl: 'dutch nederlands',
    pl: 'polish polski',
    ja: 'japanese 日本語',
    zh: 'chinese 中文',
    ko: 'korean 한국어',
    ru: 'russian русский',
    uk: 'ukrainian українська',
    tr: 'turkish türkçe',
  }).flatMap(([tag, all]) => all.split(' ').map((name) => [name, tag] as const)),
);

const table = `
the|der|le|el
a|ein|un|un
an|ein|un|un
and|und|et|y
or|oder|ou|o
not|nicht|pas|no
no|kein|aucun|ningún
is|ist|est|es
are|sind|sont|son
of|von|de|de
in|in|dans|en
with|mit|avec|con
without|ohne|sans|sin
for|für|pour|para
from|von|depuis|desde
to|zu|à|a
if|wenn|si|si
when|wenn|quand|cuando
all|alle|tous|todos
each|jede|chaque|cada
every|jede|chaque|cada
first|erste|premier|primero
last|letzte|dernier|último
next|nächste|suivant|siguiente
new|neu|nouveau|nuevo
old|alt|ancien|viejo
only|nur|seulement|solo
this|dies|ce|este
that|das|cela|eso
it|es|il|lo
error|Fehler|erreur|error
errors|Fehler|erreurs|errores
file|Datei|fichier|archivo
files|Dateien|fichiers|archivos
line|Zeile|ligne|línea
lines|Zeilen|lignes|líneas
word|Wort|mot|palabra
words|Wörter|mots|palabras
text|Text|texte|texto
number|Zahl|nombre|número
value|Wert|valeur|valor
values|Werte|valeurs|valores
name|Name|nom|nombre
list|Liste|liste|lista
time|Zeit|temps|tiempo
day|Tag|jour|día
minutes|Minuten|minutes|minutos
seconds|Sekunden|secondes|segundos
user|Benutzer|utilisateur|usuario
function|Funktion|fonction|función
class|Klasse|classe|clase
test|Test|test|prueba
tests|Tests|tests|pruebas
empty|leer|vide|vacío
missing|fehlend|manquant|ausente
returns|liefert|renvoie|devuelve
return|liefere|renvoyer|devolver
adds|fügt hinzu|ajoute|añade
removes|entfernt|supprime|elimina
creates|erzeugt|crée|crea
checks|prüft|vérifie|comprueba
turns|verwandelt|transforme|convierte
holds|enthält|contient|contiene
must|muss|doit|debe
nothing|nichts|rien|nada
one|ein|un|uno
two|zwei|deux|dos
here|hier|ici|aquí
there|dort|là|ahí
at|bei|à|en
least|mindestens|moins|menos
more|mehr|plus|más
than|als|que|que
before|vor|avant|antes
after|nach|après|después
between|zwischen|entre|entre
so|so|donc|así
as|als|comme|como
by|durch|par|por
end|Ende|fin|fin
start|Anfang|début|inicio
order|Bestellung|commande|pedido
request|Anfrage|requête|solicitud
answer|Antwort|réponse|respuesta
true|wahr|vrai|verdadero
false|falsch|faux|falso
`;

const columns: Readonly<Record<string, number>> = { de: 1, fr: 2, es: 3 };

const dictionary: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .trim()
    .split('\n')
    .map((row) => row.split('|'))
    .map((row) => [row[0] ?? '', row] as const),
);

/** The text with the words replaced that the list has, and how many these are. Code in backticks stays. */
export function withKnownWords(text: string, tag: string): { readonly text: string; readonly count: number } {
  const column = columns[tag];
  if (column === undefined) return { text, count: 0 };
  let count = 0;
  const translated = text.replace(/`[^`]*`|\{@[^}]*\}|(?<![\w.$/@-])[A-Za-z]+(?![\w(/@]|[.-]\w)/g, (word) => {
    const other = dictionary.get(word.toLowerCase())?.[column];
    if (other === undefined) return word;
    count++;
    return /^[A-Z]/.test(word) ? other.charAt(0).toUpperCase() + other.slice(1) : other;
  });
  return { text: translated, count };
}
