/** Knows files that hold secrets by their names, however the name is spelled (threats S9, S12). */

/**
 * Why a file of this path never leaves unasked, as the end of a sentence with its full stop; undefined for others.
 * Pure: the path may be relative or absolute, with any separators; links must be resolved before.
 */
export function secretClassOf(path: string): string | undefined {
  for (const spelling of spellingsOf(path)) {
    const what = kindOf(spelling);
    if (what !== undefined) return `by its name it is ${what}.`;
  }
  return undefined;
}

/** As it stands, and as it would be after decoding it: a `%2e` may come from a URI that nobody decoded, or twice encoded. */
function spellingsOf(path: string): readonly string[] {
  const once = decoded(path);
  return once === path ? [normalized(path)] : [path, once, decoded(once)].map(normalized);
}

function decoded(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Lower case, `/` between components, without what some file systems ignore. Always starts with `/`. */
function normalized(path: string): string {
  const plain = path
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
  const components: string[] = [];
  for (const part of plain.replaceAll('\\', '/').split('/')) {
    if (/^\.\.\s*$/.test(part)) components.pop();
    else components.push(...[component(part)].filter((name) => name !== ''));
  }
  return `/${components.join('/')}`;
}

/** Without a stream's name (`a::$DATA`) and trailing dots and spaces, which Windows drops. */
function component(name: string): string {
  const base = /^[a-z]:/.test(name) ? name.slice(2) : name;
  const colon = base.indexOf(':');
  const file = colon > 0 ? base.slice(0, colon) : base;
  let end = file.length;
  while (end > 0 && (file[end - 1] === '.' || file[end - 1] === ' ')) end--;
  return file.slice(0, end).trimStart();
}

function kindOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byName = examples.test(name) ? undefined : names.find(([pattern]) => pattern.test(name));
  return (byName ?? places.find(([pattern]) => pattern.test(path)))?.[1];
}

type Rule = readonly [pattern: RegExp, what: string];

/** What is written for others to fill in. */
const examples = /^(?:\.env[._-](?:example|sample|template|dist)|(?:example|sample|template)\.env)$/;

/** By the last component alone. */
const names: readonly Rule[] = [
  [/^\.env|\.env$/, 'a file of environment secrets'],
  [
    /\.(?:pem|key|p12|pfx|p8|jks|jceks|keystore|bcfks|ppk|kdbx?|gpg|pgp|ovpn|mobileprovision)$/,
    'a key or certificate store',
  ],
  [/^(?:id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?!.*\.pub$).*|ssh_host_.*_key)$/, 'a private SSH key'],
  [
    /^(?:\.npmrc|\.pypirc|[._]netrc|\.git-credentials|\.htpasswd|\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.s3cfg|\.boto|\.dockercfg|\.terraformrc|terraform\.rc|\.vault-token|\.databrickscfg|\.snowsql|rclone\.conf|\.msmtprc|\.fetchmailrc|\.authinfo|\.esmtprc|\.smbcredentials)$/,
    'a file of login data',
  ],
  [/^\.?vault[-_]pass(?:word)?(?:[._-].*)?$/, 'a vault password'],
  [/\.tfstate|\.tfvars(?:\.json)?$/, 'Terraform state or variables'],
  [
    /^\.?(?:secrets(?:\..*)?|secret\.(?:json|ya?ml|toml|ini|txt|properties|xml|conf|cfg|enc|local))$/,
    'a file of secrets',
  ],
  [/^\.?credentials/, 'a file of credentials'],
  [
    /^(?:service[-_]?account.*|client[-_]secret.*|.*-firebase-adminsdk-.*|application_default_credentials)\.json$/,
    'a service account key',
  ],
  [/^(?:kubeconfig|.*\.kubeconfig)$/, 'a Kubernetes configuration'],
  [
    /^(?:\..*_history|\.history|\.zhistory|\.histfile|fish_history|consolehost_history\.txt|\.lesshst|\.viminfo)$/,
    'a history of commands',
  ],
  [
    /^(?:key[34]\.db|logins(?:-backup)?\.json|signons\.sqlite|cookies(?:\.sqlite|\.binarycookies)?|(?:login|web) data(?: for account)?(?:-journal)?)$/,
    "a browser's store",
  ],
  [/\.(?:keychain(?:-db)?|keyring|agilekeychain|opvault|1pux|1pif|wallet)$|^kdewallet/, 'a password store'],
];

/** By folders on the way. A `/` at the end of a pattern stands for all below. */
const places: readonly Rule[] = [
  [/\/[^./]{1,6}~\d(?:\.[^./]{0,3})?(?:\/|$)/, 'a short (8.3) name, which hides the real one'],
  [/\/\.ssh\//, 'part of the SSH settings'],
  [/\/(?:\.aws|\.azure|\.oci|\.bluemix|\.aliyun|(?:\.config|roaming)\/gcloud)\//, "a cloud provider's login data"],
  [/\/(?:\.kube\/|\.docker\/config\.json$|\.helm\/|\.config\/helm\/)/, 'a cluster or registry login'],
  [
    /\/(?:\.gnupg|\.password-store|\.lastpass|\.config\/(?:op|bitwarden|bitwarden cli|keepassxc|gopass|1password)|bitwarden(?: cli)?|1password)\//,
    'a password store',
  ],
  [
    /\/(?:\.config\/(?:gh|hub|glab-cli|doctl|rclone|containers\/auth\.json$)|\.fly|\.railway|\.heroku|\.netlify|\.vercel)(?:\/|$)/,
    "a service's login data",
  ],
  [
    /\/(?:\.composer\/auth\.json|composer\/auth\.json|\.m2\/settings(?:-security)?\.xml|\.gradle\/gradle\.properties|\.cargo\/credentials.*|\.gem\/credentials)$/,
    'a package registry login',
  ],
  [
    /\/(?:\.mozilla|mozilla\/firefox|firefox\/profiles|\.config\/(?:google-chrome[^/]*|chromium|microsoft-edge[^/]*|bravesoftware|vivaldi|opera)|google\/chrome[^/]*|chromium\/user data|microsoft\/edge[^/]*|bravesoftware|library\/(?:safari|cookies))\//,
    "a browser's profile",
  ],
  [
    /\/(?:library\/keychains|keyrings|kwalletd|microsoft\/(?:credentials|protect|vault|crypto))\//,
    "the system's key store",
  ],
  [
    /\/(?:globalstorage|workspacestorage\/[^/]+)\/gloss\.|\/(?:\.local\/state|\.local\/share|\.config|application support|roaming|local)\/gloss(?:-language-server)?\//,
    "Gloss's own storage",
  ],
  [/^\/(?:private\/)?etc\/(?:g?shadow-?|sudoers|sudoers\.d\/.*|ssl\/private\/.*)$/, "the system's login data"],
  [/^\/proc\/[^/]+\/(?:environ|mem|cmdline|auxv)$/, "a process's memory or environment"],
];
