/** Programs and arguments that start other programs or carry out texts: what they do is not said by their own name (threats S13). */

const list = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')));

/** By their names without version and ending. */
const starters = list(
  // They run what comes after them, perhaps as somebody else, somewhere else, later or again.
  'env sudo sudoedit doas su runuser pkexec gosu setpriv xargs parallel watch entr timeout time nohup setsid nice ionice',
  'chrt taskset stdbuf unbuffer script scriptreplay strace ltrace gdb lldb valgrind perf rr flock chroot unshare nsenter',
  'fakeroot firejail bwrap proot systemd-run systemctl at batch crontab start-stop-daemon daemonize screen tmux dtach',
  'busybox toybox exec command builtin eval coproc run-parts run-one capsh dbus-run-session xvfb-run direnv dotenv nodemon',
  'ssh scp sftp rsync socat nc ncat netcat telnet mosh docker podman nerdctl kubectl vagrant lxc chronic ifne gatherer',
  'ld ld-linux ld-linux-x86-64.so ld.so qemu wine wsl rundll start wmic schtasks mshta cscript wscript regsvr msiexec',
  // Shells and interpreters.
  'sh bash dash ash zsh fish ksh mksh csh tcsh rbash elvish nu xonsh pwsh powershell cmd conhost osascript',
  'python pypy ipython perl ruby irb node nodejs deno bun tsx ts-node php lua luajit tclsh wish expect guile racket sbcl',
  'clisp emacs emacsclient groovy scala kotlin jshell java julia octave R Rscript erl elixir iex ghci runghc ocaml swift',
  'dart awk gawk mawk nawk sed gsed bc dc m4 jq yq gnuplot sqlite psql mysql mongosh',
  // Editors, pagers and manuals run what they are told while they show something.
  'vi vim nvim view ex ed nano pico emacs joe less more most man info pager zless bat',
  // They run what a file of the project says, or a package from elsewhere.
  'npx pnpx bunx uvx pipx corepack volta asdf mise nvm rbenv pyenv nix nix-shell nix-build guix conda poetry pipenv bundle',
  'bundler rake invoke fab tox nox hatch ansible ansible-playbook terraform packer',
  'tar bsdtar cpio zip unzip rar ctags curl wget aria2c gpg gpg2 openssl crontab logrotate dpkg rpm apt apt-get dnf yum pacman brew snap flatpak',
);

/** Long arguments that name a program, a text that is carried out, or a file that says what is done, of whatever program. */
const carriers = [
  'eval|print|exec|execdir|ok|okdir|execute|command|call|script|run|require|import|loader|preload|plugin|init|pre|pager',
  'editor|shell|rsh|ssh|config|rcfile|init-file|to-command|use-compress-program|compress-program|checkpoint-action|enc',
  'info-script|new-volume-script|rsync-path|upload-pack|receive-pack|ext-diff|textconv|open-files-in-pager|output|filter',
  'hook|node-options|script-shell|prefix|cwd|directory|git-dir|work-tree|namespace|exec-path|userconfig|globalconfig',
  'launcher|runner|wrapper|makefile|file|load|encodedcommand|toolexec|vettool|ldflags|gcflags|overlay|modfile|delete',
  'fls|fprint0?|fprintf|manifest-path|project|settings|build-file|init-script|include|define',
].join('|');
const carrying = new RegExp(`^(?:--?(?:${carriers})(?:[-=:].*)?|-[ceErpxXFOIfCsD].*|@.*|[A-Za-z_]\\w*=.*)$`, 'i');

/** What is done with these programs says the word after their name: only these words do what they say. */
const subcommands: Readonly<Record<string, ReadonlySet<string>>> = {
  git: list(
    'status log diff show branch tag rev-parse ls-files blame shortlog describe add commit stash switch remote',
  ),
  npm: list('test run run-script ls outdated audit view ci'),
  pnpm: list('test run list outdated audit'),
  yarn: list('test run list outdated audit'),
  cargo: list('build check test clippy fmt tree metadata'),
  go: list('build test vet fmt list version env'),
  dotnet: list('build test'),
  make: list('all check test build lint'),
  just: list(''),
  gradle: list('build test check'),
  gradlew: list('build test check'),
  mvn: list('test compile verify package'),
};

/** Why a program with these arguments may do other things than it says; undefined when it does what it says. */
export function startsOthers(program: string, words: readonly string[]): string | undefined {
  const name = nameOf(program);
  if (starters.has(name) || starters.has(/^[a-z]+/.exec(name)?.[0] ?? ''))
    return `${name} runs other programs or texts: what it does is in what it is given.`;
  const flag = words.find((word) => carrying.test(word));
  if (flag !== undefined) return `The argument ${flag} may name a program, or a text to be carried out.`;
  const known = subcommands[name];
  const [word = ''] = words;
  if (known !== undefined && !known.has(word)) return `What ${name} does with “${word}” may be anything.`;
  return undefined;
}

/** `/usr/bin/python3.12` and `Python.EXE` are `python`. */
function nameOf(program: string): string {
  const name = program.split(/[\\/]/).at(-1) ?? '';
  const plain = name.toLowerCase().replace(/\.(?:exe|com|cmd|bat|ps1|sh|py|js|mjs|cjs)$/, '');
  return plain.replace(/[-.\d]*$/, '') || plain;
}
