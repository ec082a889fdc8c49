/** Knows files that run or configure something by their names, however the name is spelled (threats S9, S10, S38). */
import { foldedPath, longestPath, spellingsOf } from '../text/spellings.ts';

/** What becomes of a change to a file of the protected class. */
export interface Protection {
  /** `ask`: the person decides each time, whatever else is allowed. `refuse`: nobody is asked. */
  readonly kind: 'ask' | 'refuse';
  /** One short sentence for a person: what the file does. */
  readonly reason: string;
}

/**
 * Why a file of this path is not simply changed; undefined for ordinary ones. Whether it exists makes no difference.
 * Pure: the path may lie below a workspace folder or be absolute, with any separators; links must be resolved before.
 * @param ownStorage absolute paths of the folders where Gloss keeps its records; they are known in absolute paths only.
 */
export function protectedReason(path: string, ownStorage: readonly string[] = []): Protection | undefined {
  if (path.length > longestPath) return { kind: 'ask', reason: 'Its path is too long to be judged.' };
  const spellings = spellingsOf(path);
  const folders = ownStorage.map((folder) => `${foldedPath(folder)}/`).filter((folder) => folder !== '//');
  const isOwn = (file: string) => ownRecords.test(file) || folders.some((folder) => `${file}/`.startsWith(folder));
  if (spellings.some(isOwn)) return { kind: 'refuse', reason: 'Gloss keeps its own records there.' };
  const rule = rules.find(({ pattern }) => spellings.some((spelling) => pattern.test(spelling)));
  return rule === undefined ? undefined : { kind: 'ask', reason: rule.reason };
}

const ownRecords =
  /\/(?:(?:globalstorage|workspacestorage\/[^/]+)\/gloss\.|(?:\.local\/(?:state|share)|\.config|application support|roaming|local)\/gloss(?:-language-server)?(?:\/|$))/;

interface Rule {
  readonly reason: string;
  readonly pattern: RegExp;
}

/** Names end a path; those with `/` at their end are folders and stand for all below. `*` is any part of a name. */
function rule(reason: string, words: string): Rule {
  const patterns = words.trim().split(/\s+/).map(patternOf);
  return { reason, pattern: new RegExp(`/(?:${patterns.join('|')})`) };
}

function patternOf(word: string): string {
  const escaped = word.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return word.endsWith('/') ? `${escaped.slice(0, -1)}(?:/|$)` : `${escaped}$`;
}

/** The first that fits gives the reason. Names in lower case. */
const rules: readonly Rule[] = [
  { reason: 'Its short name hides which file it is.', pattern: /\/[^./]{1,6}~\d+(?:\.[^./]{0,3})?(?:\/|$)/ },
  rule('It changes what Gloss does in this folder.', '.gloss/'),
  rule(
    'It says which files must not leave this machine.',
    `.glossignore .aiexclude .aiignore .cursorignore .cursorindexingignore .copilotignore .codeiumignore
    .continueignore .clineignore .geminiignore .aiderignore .rooignore .augmentignore .kilocodeignore`,
  ),
  rule(
    'It tells AI assistants what to do, or what they may run.',
    `claude.md claude.*.md .claude/ .claude.json .claude-plugin/ claude_desktop_config.json agents.md agents.*.md
    agent.md .agents/ .agent/ skill.md gemini.md .gemini/ qwen.md .qwen/ warp.md .warp/ .cursor/ .cursorrules *.mdc
    .windsurf* .windsurf/ .codeium/ .clinerules* .clinerules/ .cline/ cline_mcp_settings.json .continue/
    .continuerc.json .roo/ .roomodes .roorules* .kilocode/ .kilocodemodes copilot-instructions.md .github/instructions/
    .github/prompts/ .github/chatmodes/ .github/agents/ .github/skills/ .github/hooks/ .copilot/ *.instructions.md
    *.prompt.md *.chatmode.md *.agent.md .codex/ .aider* .goosehints .goose/ .junie/ .trae/ .augment/
    .augment-guidelines .amazonq/ .kiro/ .qodo/ .tabnine/ .cody/ .sourcegraph/ .rules .opencode/ opencode.json*
    .crush.json crush.json .factory/ .openhands/ .devin/ .iflow/ .rovodev/ .zencoder/ .firebender/ firebender.json
    .lingma/ .amp/ .gptme/ gptme.toml sweep.yaml .coderabbit.y*ml mcp.json mcp.jsonc .mcp.json *.mcp.json mcp.y*ml
    mcp_config.json mcp_settings.json mcp-config.json .mcp/`,
  ),
  rule(
    'Git runs it, or takes its settings from it.',
    `.git/ .gitattributes .gitmodules .gitconfig .lfsconfig .hg/ .hgrc .svn/ .jj/ .bzr/ .husky/ .githooks/ .git-hooks/
    head lefthook*.y*ml .lefthook*.y*ml lefthook*.toml lefthook*.json .lefthook/ .pre-commit-config.y*ml
    .pre-commit-hooks.y*ml .overcommit.y*ml prek.toml hooks/update applypatch-msg pre-applypatch post-applypatch
    pre-commit pre-merge-commit prepare-commit-msg commit-msg post-commit pre-rebase post-checkout post-merge pre-push
    pre-receive proc-receive post-receive post-update reference-transaction push-to-checkout pre-auto-gc post-rewrite
    sendemail-validate fsmonitor-watchman post-index-change`,
  ),
  rule(
    'It says what runs in the development environment.',
    `.devcontainer/ devcontainer.json .devcontainer.json .gitpod.* .gitpod/ .ona/ .codesandbox/ .replit replit.nix
    .idx/ devfile.y*ml .devfile.y*ml devbox.json .devbox/ devenv.nix devenv.y*ml flake.nix shell.nix default.nix
    vagrantfile dockerfile *.dockerfile containerfile dockerfile-* docker-compose*.y*ml compose.y*ml compose.*.y*ml
    docker-bake.* skaffold.y*ml tiltfile earthfile .tool-versions .mise* mise*.toml .*-version .venv/ pyvenv.cfg`,
  ),
  rule(
    'It says what the editor runs for this folder.',
    `.vscode/ .vscode-*/ *.code-workspace .vs/ launchsettings.json .idea/ *.iml *.ipr *.iws .run/ .fleet/ .project
    .classpath .settings/ .externaltoolbuilders/ nbproject/ *.sublime-project *.sublime-workspace *.sublime-build
    .theia/ .zed/ .helix/ .nova/ .editorconfig .vim/ .nvim/ .nvim.lua .vimrc* _vimrc .gvimrc .exrc _exrc .*vimrc
    .neoconf.json .lazy.lua .dir-locals.el .dir-locals-2.el .emacs .emacs.d/ .projectile .spacemacs .doom.d/
    *.xcodeproj/ *.xcworkspace/ .swiftpm/ .bsp/ .bloop/ .metals/ .clangd .ccls compile_commands.json compile_flags.txt
    omnisharp.json`,
  ),
  rule(
    'The build service runs it.',
    `.github .github/workflows/ .github/actions/ .github/dependabot.y*ml action.y*ml .gitlab .gitlab/ci/
    *.gitlab-ci.y*ml .circleci/ jenkinsfile *.jenkinsfile .jenkins/ azure-pipelines*.y*ml .azure-pipelines/
    .azuredevops/ .travis.y*ml .drone.* bitbucket-pipelines.y*ml .buildkite/ buildkite.y*ml .appveyor.y*ml
    appveyor*.y*ml .semaphore/ .woodpecker/ .woodpecker.y*ml .cirrus.* codemagic.y*ml bitrise.y*ml wercker.y*ml
    shippable.y*ml .teamcity/ .gitea/ .forgejo/ .buddy/ buddy.y*ml cloudbuild*.y*ml buildspec*.y*ml appspec.y*ml
    amplify.y*ml codeship-*.y*ml .harness/ .tekton/ .builds/ .build.y*ml .zuul.y*ml zuul.d/ .scrutinizer.y*ml
    .codeclimate.y*ml netlify.toml vercel.json render.y*ml fly.toml railway.json railway.toml heroku.y*ml
    renovate.json* .changeset/ firebase.json wrangler.toml wrangler.json* serverless*.y*ml serverless.json
    serverless.ts cdk.json samconfig.toml pulumi*.y*ml .terraform/ procfile fastlane/ fastfile appfile dangerfile
    dangerfile.* sonar-project.properties`,
  ),
  rule(
    'It says which packages are installed and which scripts run.',
    `package.json package-lock.json npm-shrinkwrap.json *.lock *.lockb *.lockfile .npmrc .yarnrc* .yarn/ .pnp.*
    .pnpmfile.* pnpmfile.* pnpm-lock.y*ml pnpm-workspace.y*ml bunfig.toml deno.json* import_map.json jsr.json
    lerna.json bower.json node_modules/ composer.json cargo.toml .cargo/ go.mod go.sum go.work go.work.sum gemfile
    gems.rb gems.locked *.gemspec brewfile requirements*.txt requirements/*.txt constraints*.txt pipfile pyproject.toml
    setup.py setup.cfg uv.toml pixi.toml environment.y*ml conda-lock.y*ml mix.exs rebar.config pubspec.y*ml
    package.swift package.resolved podfile cartfile *.podspec packages.config packages.lock.json nuget.config paket.*
    dotnet-tools.json global.json vcpkg*.json conanfile.* stack.y*ml package.y*ml *.cabal cabal.project* *.opam
    elm.json project.toml manifest.toml .mvn/ .m2/ .gradle/ .ivy2/ .sbt/ gradle/wrapper/ gradle/*.xml
    libs.versions.toml renv/activate.r berksfile shard.y*ml dub.json dub.sdl *.nimble *.rockspec common/config/rush/
    .moon/ moon.y*ml .proto*`,
  ),
  rule(
    'It runs when the project is built.',
    `makefile gnumakefile bsdmakefile *.mk *.mak cmakelists.txt *.cmake cmake*presets.json configure configure.ac
    configure.in aclocal.m4 *.gradle *.gradle.kts gradlew gradlew.bat gradle.properties buildsrc/ pom.xml mvnw mvnw.cmd
    build.xml ivy.xml *.csproj *.fsproj *.vbproj *.vcxproj* *.proj *.props *.targets *.sln *.slnx *.slnf *.rsp *.nuspec
    *.csproj.user *.xcconfig local.properties build.rs rust-toolchain rust-toolchain.toml rakefile *.rake guardfile
    capfile thorfile justfile .justfile taskfile.y*ml snakefile dodo.py fabfile.py meson.build meson*options*
    build.bazel build workspace workspace.bazel workspace.bzlmod workspace.json module.bazel *.bzl .bazelversion buck
    .buckconfig pants.toml sconstruct sconscript wscript tupfile *.ninja xmake.lua premake*.lua build.sbt *.sbt
    build.sc build.mill project.clj deps.edn shadow-cljs.edn build.boot bb.edn build.zig build.zig.zon dune
    dune-project config.ru hie.y*ml nim.cfg *.nims .sbtopts .jvmopts .merlin nx.json project.json turbo.json rush.json
    angular.json .angular-cli.json nest-cli.json gulpfile.* gruntfile gruntfile.* brocfile.* ember-cli-build.*
    plopfile.*`,
  ),
  rule(
    'Python runs it by itself.',
    `sitecustomize.py usercustomize.py *.pth conftest.py noxfile.py tox.ini pytest.ini mypy.ini ruff.toml .ruff.toml
    pyrightconfig.json site-packages/`,
  ),
  rule('It sets what programs find in their environment.', '.env* *.env .flaskenv .pam_environment environment.d/'),
  rule(
    'It steers a program whenever that starts.',
    `.*rc .profile .*profile .bash_* .zshenv .zlog* .login .logout .aliases .exports .functions .config/ config.fish
    config.nu env.nu login.nu .ghci .iex.exs .renviron .ctags .ctags.d/ .clj-kondo/ .lsp/ ansible.cfg pip.conf pip.ini
    .pypirc _netrc *profile.ps1 .tmux.conf .gdb* .lldb* .pythonstartup .pythonrc.py .inputrc .curlrc .my.cnf .ssh/
    .gnupg/ .kube/ .aws/ .docker/ .local/bin/ launchagents/ launchdaemons/ programs/startup/ crontab *.desktop *.lnk
    *.scf desktop.ini autorun.inf .xsession .xinit* .xresources .htaccess web.config .user.ini php.ini`,
  ),
  rule(
    'It configures a tool that builds, checks or tests this project.',
    `.*rc.* *.config.js *.config.cjs *.config.mjs *.config.mts *.config.cts *.conf.js *.conf.cjs *.conf.mjs *.conf.ts
    tsconfig*.json jsconfig*.json tslint.json biome.json* vite*.config.* vitest.*.* webpack*.config.* webpack.*.*
    rollup*.config.* esbuild.*js esbuild.ts rspack.config.* rsbuild.config.* rslib.config.* tsup.config.*
    tsdown.config.* unbuild.config.* build.config.* jest*.config.* jest-*.json jest.setup.* eslint*.config.*
    prettier*.config.* stylelint.config.* babel.config.* playwright*.config.* cypress.config.* cypress.json
    karma*.conf.* next.config.* nuxt.config.* svelte.config.* astro.config.* remix.config.* react-router.config.*
    gatsby-config.* gatsby-node.* gatsby-ssr.* gatsby-browser.* vue.config.* quasar.config.* tailwind*.config.*
    postcss.config.* uno.config.* metro.config.* commitlint.config.* lint-staged.config.* drizzle*.config.*
    prisma.config.* graphql.config.* codegen.y*ml ormconfig.* knexfile.* sst.config.* capacitor.config.*
    trigger.config.* wxt.config.* forge.config.* electron.vite.* electron-builder.* ecosystem.config.* nodemon.json
    knip.json* typedoc.json .storybook/ .eslint*.json .rspec .rubocop*.y*ml .solargraph.y*ml .golangci.* rustfmt.toml
    .rustfmt.toml clippy.toml .clippy.toml .clang-tidy .clang-format .swiftlint.y*ml phpunit.xml* phpstan*.neon*
    .php-cs-fixer* .php_cs* rector.php psalm.xml* selene.toml .luarc.json* .dependency-cruiser.* .phpactor.* .flake8
    .isort.cfg .yamllint* .markdownlint* .remark* .hadolint.y*ml .tflint.hcl .sqlfluff .scalafix.conf .scalafmt.conf
    detekt.y*ml checkstyle.xml .credo.exs .formatter.exs .ocamlformat .ocamlinit .air.toml zls.json`,
  ),
  {
    reason: 'It says what is built, installed or run.',
    pattern:
      /\/(?:make|docker|container|jenkins|proc|gem|cart)file\.(?!(?:[cm]?[jt]sx?|go|py|rb|rs|java|kt|cs|cc?|cpp|h|php|swift|md|html|css)$)[^/]*$/,
  },
  // Deeper down, applications have files of this name as well.
  { reason: 'It configures a tool that builds, checks or tests this project.', pattern: /^\/[^/]+\.config\.ts$/ },
];
