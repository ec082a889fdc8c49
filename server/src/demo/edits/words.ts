/** Names as words and back: their parts, their case, plural and singular, and the verbs that functions are named by. */

export type Case = 'camel' | 'pascal' | 'snake' | 'screaming' | 'kebab' | 'single';

/** `parseHTMLText2` is parse, html, text2. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_\-$]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

export function caseOf(name: string): Case {
  const bare = name.replace(/^[_$#]+/, '');
  if (bare.includes('-')) return 'kebab';
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(bare) && bare.length > 1) return 'screaming';
  if (/_/.test(bare)) return 'snake';
  if (/^[A-Z]/.test(bare)) return 'pascal';
  return /[A-Z]/.test(bare) ? 'camel' : 'single';
}

export function inCase(words: readonly string[], form: Case): string {
  const capitals = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  switch (form) {
    case 'camel':
    case 'single':
      return [words[0] ?? '', ...capitals.slice(1)].join('');
    case 'pascal':
      return capitals.join('');
    case 'snake':
      return words.join('_');
    case 'screaming':
      return words.join('_').toUpperCase();
    case 'kebab':
      return words.join('-');
  }
}

export function singular(word: string): string {
  if (/(?:ss|us|is)$/.test(word) || word.length < 4) return word;
  if (/ies$/.test(word)) return word.replace(/ies$/, 'y');
  if (/(?:ch|sh|x|ss|z)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}

/** `add` is adds, `try` is tries, `push` is pushes. */
export function thirdPerson(verb: string): string {
  if (/(?:s|x|z|ch|sh|o)$/.test(verb)) return `${verb}es`;
  if (/[^aeiou]y$/.test(verb)) return verb.replace(/y$/, 'ies');
  return `${verb}s`;
}

export function isVerb(word: string): boolean {
  return verbs.has(word);
}

/** Questions: `isEmpty`, `hasItems`. */
export function isQuestion(word: string): boolean {
  return questions.has(word);
}

const questions = new Set(
  'is has have can should does do was are were must will needs may contains includes'.split(' '),
);

const verbs = new Set(
  'abort accept acquire activate add adjust advance aggregate align allocate analyse analyze append apply approve archive arrange ask assert assign attach authenticate authorize await balance begin bind block blur book break broadcast build bump bundle calculate call cancel capture cast catch change charge check choose clamp clean clear click clip clone close collapse collect combine commit compare compile complete compose compress compute concat configure confirm connect consume convert copy correct count crawl create crop debounce decode decorate decrease decrement decrypt deduplicate define delay delegate delete deliver deploy describe deserialize destroy detach detect dial disable discard disconnect dispatch display dispose distribute divide do download drain draw drop dump edit emit enable encode encrypt end enqueue ensure enter escape estimate evaluate exclude execute exit expand expect explain export extend extract fail fetch fill filter find finish fire fit fix flatten flip flush focus fold follow force fork format forward free freeze gather generate get give go grab greet group grow guess handle hash hide highlight hold hydrate identify ignore import include increase increment indent infer inherit init initialise initialize inject insert inspect install instantiate interpolate intersect invalidate invert invoke issue iterate join jump keep kill label launch leave limit link list listen load localize locate lock log login logout look loop lower make manage map mark mask match measure merge migrate minify mix mock modify monitor mount move multiply mutate navigate negate normalise normalize notify observe open optimize order organize override pack paginate paint parse partition paste patch pause pay peek perform persist pick place play plot poll pop populate post predict prefetch prepare prepend press prettify preview print process produce project promote protect prove prune publish pull purge push put query queue quit quote raise randomize rank reach read rebuild receive recompute record recover redirect redo reduce refill refine refresh refund regenerate register reject release reload remove rename render reorder repair repeat replace reply report request require reset reshape resize resolve respond restart restore resume retain retrieve retry return reverse revert revoke rewrite roll rotate round route run sample sanitise sanitize save scale scan schedule scroll seal search seed seek select send serialise serialize serve set setup shake share shift show shrink shuffle shut shutdown sign simplify simulate skip sleep slice snapshot solve sort spawn split squash stack start stop store stream stringify strip style submit subscribe subtract suggest sum summarise summarize suspend swap switch sync synchronize take tally tear test throttle throw tick tie toggle tokenise tokenize touch trace track train transfer transform translate traverse trigger trim truncate try turn type unblock undo unlock unmount unpack unregister unset unsubscribe untie unwrap update upgrade upload upsert use validate verify view visit wait wake walk warn watch weigh wrap write yield zip zoom'.split(
    ' ',
  ),
);
