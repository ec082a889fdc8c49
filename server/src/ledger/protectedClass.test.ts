/** S10, S38: files that run or configure something are known by their names. S9: however the name is spelled. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled, seed } from '../../../test/harness/scale.ts';
import { protectedReason } from './protectedClass.ts';

const words = (text: string) => text.trim().split(/\s+/);

/** By what their reason says. */
const targets: Readonly<Record<string, readonly string[]>> = {
  editor: words(`.vscode/settings.json .vscode/tasks.json .vscode/launch.json .vscode/extensions.json .vscode/x/y.md
    app.code-workspace .idea/workspace.xml .idea/runConfigurations/x.xml app.iml .zed/tasks.json .helix/config.toml
    .vimrc .exrc .nvim.lua .nvimrc .dir-locals.el .emacs.d/init.el .editorconfig .vs/tasks.vs.json .fleet/run.json
    .settings/org.eclipse.core.prefs .project a.sublime-project .bsp/sbt.json App.xcodeproj/project.pbxproj`),
  Git: words(`.git/config .git/hooks/pre-commit .git sub/.git/HEAD .gitattributes .gitmodules .gitconfig .husky/pre-push
    .githooks/x hooks/pre-commit hooks/update tools/commit-msg lefthook.yml .lefthook.yaml .pre-commit-config.yaml bare/HEAD
    .hg/hgrc`),
  'development environment':
    words(`.devcontainer/devcontainer.json .devcontainer/Dockerfile .devcontainer.json devcontainer.json
    .gitpod.yml Dockerfile api.dockerfile docker-compose.yml docker-compose.prod.yaml compose.yaml Vagrantfile
    flake.nix shell.nix devbox.json .tool-versions mise.toml .node-version .replit`),
  'build service':
    words(`.github/workflows/ci.yml .github/actions/x/action.yml .github/dependabot.yml action.yaml .gitlab-ci.yml
    a.gitlab-ci.yml .circleci/config.yml Jenkinsfile azure-pipelines.yml .travis.yml bitbucket-pipelines.yml
    .drone.yml .buildkite/pipeline.yml appveyor.yml .woodpecker.yml .cirrus.yml .teamcity/settings.kts .gitea/workflows/x.yml
    cloudbuild.yaml buildspec.yml netlify.toml vercel.json Procfile renovate.json .semaphore/semaphore.yml`),
  packages: words(`package.json packages/a/package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml
    pnpm-workspace.yaml bun.lockb bun.lock .npmrc .yarnrc .yarnrc.yml .pnp.cjs .pnp.loader.mjs .pnpmfile.cjs deno.json deno.lock
    Cargo.toml Cargo.lock .cargo/config.toml go.mod go.sum go.work Gemfile Gemfile.lock composer.json composer.lock Pipfile
    Pipfile.lock poetry.lock uv.lock requirements.txt requirements-dev.txt pyproject.toml setup.py setup.cfg mix.exs pubspec.yaml
    Package.swift Podfile NuGet.Config packages.lock.json node_modules/x/index.js gradle/wrapper/gradle-wrapper.properties
    .mvn/extensions.xml stack.yaml a.cabal`),
  built:
    words(`Makefile GNUmakefile rules.mk CMakeLists.txt x.cmake build.gradle build.gradle.kts settings.gradle gradlew
    gradlew.bat gradle.properties pom.xml mvnw build.xml App.csproj App.vbproj Directory.Build.props x.targets App.sln
    build.rs Rakefile justfile Taskfile.yml meson.build BUILD BUILD.bazel WORKSPACE x.bzl SConstruct build.sbt build.zig
    nx.json turbo.json angular.json gulpfile.js Gruntfile.js rust-toolchain.toml configure.ac buildSrc/src/Main.kt`),
  'installed or run': words('Makefile.am Dockerfile.dev Containerfile.x Jenkinsfile.deploy Procfile.dev Gemfile.local'),
  Python: words('sitecustomize.py usercustomize.py x.pth conftest.py tests/conftest.py noxfile.py tox.ini pytest.ini'),
  environment: words('.env .env.local .env.example .envrc prod.env .flaskenv'),
  program:
    words(`.bashrc .zshrc .profile .bash_profile .zshenv .zprofile .bash_aliases .config/fish/config.fish config.fish
    .config/git/config .inputrc .gdbinit .lldbinit .tmux.conf .irbrc .pythonrc.py .curlrc .wgetrc .ssh/authorized_keys
    Microsoft.PowerShell_profile.ps1 .htaccess desktop.ini x.desktop crontab .ghci .Rprofile`),
  tool: words(`vite.config.ts web/vite.config.mts webpack.config.js webpack.prod.js rollup.config.mjs esbuild.mjs jest.config.ts
    jest.setup.ts vitest.config.ts vitest.workspace.ts .eslintrc.json eslint.config.js .prettierrc.yaml prettier.config.cjs
    babel.config.json .babelrc.js tsconfig.json tsconfig.build.json jsconfig.json biome.json playwright.config.ts
    packages/x/playwright.config.ts cypress.config.ts karma.conf.js next.config.mjs nuxt.config.ts svelte.config.js
    astro.config.ts tailwind.config.ts postcss.config.cjs other.config.js .storybook/main.ts .mocharc.cjs
    phpunit.xml.dist .luarc.json .rubocop.yml .golangci.yml .php-cs-fixer.php`),
  assistants: words(`CLAUDE.md docs/CLAUDE.md CLAUDE.local.md AGENTS.md .claude/settings.json .claude/commands/x.md
    .cursor/rules/x.mdc .cursorrules .windsurfrules .windsurf/rules/x.md .clinerules .clinerules/x.md .continue/config.json
    .roo/rules/x.md .roomodes .github/copilot-instructions.md .github/instructions/x.instructions.md .github/prompts/x.prompt.md
    GEMINI.md .gemini/settings.json mcp.json .mcp.json .aider.conf.yml .goosehints
    .junie/guidelines.md .kiro/steering/x.md .amazonq/rules/x.md .codex/config.toml .trae/rules/x.md opencode.json SKILL.md
    claude_desktop_config.json .claude.json .kilocode/rules/x.md`),
  leave: words('.glossignore .aiexclude .cursorignore a/.copilotignore'),
  Gloss: words('.gloss/actions/x.md .gloss/settings.json a/.gloss/x'),
};
const all = Object.entries(targets).flatMap(([about, paths]) => paths.map((path) => ({ about, path })));

/** As the name of a bare folder is written, and below others. */
const ways: Readonly<Record<string, (path: string) => string>> = {
  'as it is': (path) => path,
  'below a folder': (path) => `packages/app/${path}`,
  'as an absolute path': (path) => `/home/me/work/${path}`,
  'below the home folder': (path) => `~/${path}`,
  'in capitals': (path) => path.toUpperCase(),
  'with backslashes': (path) => path.replaceAll('/', '\\'),
  'with a trailing dot': (path) => `${path}.`,
  'with a stream': (path) => `${path}::$DATA`,
  'percent-encoded': (path) =>
    path.replace(/[^/]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`),
  'through a folder and back': (path) => `src/../${path}`,
};

test('S10, S38: every file that runs or configures something asks, whichever way it is named', () => {
  expect(all.length).toBeGreaterThanOrEqual(90);
  const asked = all.flatMap(({ about, path }) =>
    Object.entries(ways).map(([way, spell]) => ({
      about,
      name: `${way}: ${spell(path)}`,
      found: protectedReason(spell(path)),
    })),
  );
  expect(asked.length).toBeGreaterThanOrEqual(450);
  for (const { name, found } of asked) expect(found?.kind, name).toBe('ask');
});

test.each(Object.entries(targets))('S10: the reason says what the file does: %s', (about, paths) => {
  for (const path of paths) {
    expect(protectedReason(path)?.reason, path).toContain(about);
    expect(protectedReason(path)?.reason, path).toMatch(/^[A-Z][^.]+\.$/);
  }
});

test('S10: at the top, a configuration of a tool that nobody knows asks as well', () => {
  expect(protectedReason('other.config.ts')?.kind).toBe('ask');
  expect(protectedReason('src/app/app.config.ts')).toBeUndefined();
});

const spelled =
  words(`.vscode/settings.json .git/config .gitattributes .husky/pre-commit .devcontainer/devcontainer.json
  .github/workflows/ci.yml package.json .npmrc vite.config.ts Makefile pyproject.toml .bashrc .env CLAUDE.md .mcp.json`);

const spellings: Readonly<Record<string, (path: string) => string>> = {
  'in capitals': (path) => path.toUpperCase(),
  'in mixed case': (path) => path.replace(/[a-z]/g, (letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter)),
  'with backslashes': (path) => path.replaceAll('/', '\\'),
  'with doubled separators': (path) => `.//${path.replaceAll('/', '//')}`,
  'with mixed separators': (path) => `a/b\\${path.replaceAll('/', '\\/')}`,
  'with trailing dots and spaces': (path) => `${path} . .`,
  'with spaces after folders': (path) => path.replaceAll('/', ' /'),
  'with a stream': (path) => `${path}::$DATA`,
  'with a named stream': (path) => `${path}:x`,
  'with the stream of a folder': (path) => path.replace('/', '::$INDEX_ALLOCATION/'),
  'below a drive': (path) => `C:\\work\\${path.replaceAll('/', '\\')}`,
  'relative to a drive': (path) => `c:${path}`,
  'as a device': (path) => `\\\\?\\C:\\${path.replaceAll('/', '\\')}`,
  'as a device of another kind': (path) => `\\??\\C:\\${path}`,
  'on a server': (path) => `\\\\server\\share\\${path.replaceAll('/', '\\')}`,
  'with dots between': (path) => `./x/./${path.replaceAll('/', '/./')}`,
  'through a folder and back': (path) => path.replace(/([^/]+)$/, 'x/../$1'),
  'as a sibling of what is above': (path) => `../../${path}`,
  decomposed: (path) => `José/${path}`.normalize('NFD'),
  composed: (path) => `José/${path}`.normalize('NFC'),
  'with full-width letters': (path) =>
    path.replace(/[a-z.]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  'with a full-width separator': (path) => `x／${path.replaceAll('/', '／')}`,
  'with an invisible letter': (path) => path.replace(/([a-z])([^/]*)$/, '$1\u200b$2'),
  'with a long s and a dotless i': (path) => path.replaceAll('s', 'ſ').replaceAll('i', 'ı'),
  'percent-encoded': (path) => path.replace(/[a-z.]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  'percent-encoded separators': (path) => `x%2F${path.replaceAll('/', '%2f')}`,
  'percent-encoded backslashes': (path) => `x%5C${path.replaceAll('/', '%5c')}`,
  'percent-encoded twice': (path) => path.replaceAll('.', '%252e').replaceAll('/', '%252F'),
  'percent-encoded full-width dots': (path) => `%EF%BC%8E/${path.replaceAll('.', '%ef%bc%8e')}`,
  'with an encoding that is none': (path) => `%ff%zz/${path}`,
  'as a URI': (path) => `file:///home/me/${path}`,
};

test('S9: every spelling of a protected file is recognised', () => {
  const cases = spelled.flatMap((path) =>
    Object.entries(spellings).map(([name, spell]) => ({ name, path: spell(path) })),
  );
  expect(spelled.length).toBe(15);
  expect(cases.length).toBeGreaterThanOrEqual(120);
  for (const { name, path } of cases) expect(protectedReason(path)?.kind, `${name}: ${path}`).toBe('ask');
});

test('S9: a short name hides what it stands for', () => {
  for (const path of ['GIT~1/config', 'VSCODE~1\\settings.json', 'PACKAG~1.JSO', 'a/ENV~12', 'C:\\x\\BASHRC~1'])
    expect(protectedReason(path)).toEqual({ kind: 'ask', reason: 'Its short name hides which file it is.' });
});

test('S10: what Gloss keeps for itself is refused, however it is spelled', () => {
  const storage = ['/var/lib/elsewhere/Gloss', 'D:\\Data\\Gloss'];
  const own = words(`/var/lib/elsewhere/Gloss /var/lib/elsewhere/gloss/receipts/1.json /var/lib/x/../elsewhere//GLOSS./a
    \\var\\lib\\elsewhere\\gloss\\approvals.json /var/lib/%65lsewhere/gloss/x d:/data/gloss/history D:\\DATA\\GLOSS\\x
    /home/me/.local/state/gloss/receipts/1.json /home/me/.config/Code/User/globalStorage/gloss.gloss/x
    .local/state/gloss/approvals.json /home/me/.config/Code/User/workspaceStorage/1ab/gloss.gloss/x
    /Users/me/Library/Application%20Support/gloss/x C:\\Users\\me\\AppData\\Local\\gloss\\x .config/gloss/settings.json`);
  for (const path of own)
    expect(protectedReason(path, storage), path).toEqual({
      kind: 'refuse',
      reason: 'Gloss keeps its own records there.',
    });
  for (const path of words('/var/lib/elsewhere/glossary/x.ts /var/lib/elsewhere/x.ts var/x.ts d:/data/x.ts gloss/x.ts'))
    expect(protectedReason(path, storage), path).toBeUndefined();
  expect(protectedReason('src/a.ts', ['', '/'])).toBeUndefined();
});

/** Near to names of the class, or in folders that sound like it. */
const nearMisses =
  words(`src/hooks/useGit.ts src/hooks/index.ts src/config.ts src/app/app.config.ts src/config/database.config.ts
  src/package.ts package/index.ts env.ts src/env/index.ts environment.ts src/environments/environment.prod.ts .gitignore
  .dockerignore .npmignore README.md CHANGELOG.md LICENSE docs/index.md docs/agents.html src/agents/index.ts src/agent.ts
  src/claude/client.ts src/mcp/server.ts src/cursor.ts src/cursor/position.ts src/editor.ts src/jest.ts src/eslint.ts
  src/tsconfigReader.ts src/tsconfig.ts src/dockerfileParser.ts src/makefileParser.ts src/gitattributes.ts src/git.ts git/index.ts
  vscode/index.ts src/vscode.ts idea/x.ts github/workflows.ts src/workflows/run.ts circleci.ts src/main/java/org/gradle/Foo.java
  src/main/java/org/apache/maven/Bar.java src/workspace.ts src/workspace/index.ts build/index.ts src/build.ts src/head.tsx
  src/profile.ts profile.html src/rules.ts src/settings.json data/settings.json src/lock.ts src/locks/lock.c block.rs
  src/setup.ts setup/index.ts src/requirements.ts requirements.md src/gemfile.rb src/procfile.go src/vite/index.ts src/webpack/loader.ts
  webpack.ts public/index.html assets/logo.svg styles/main.css app.module.ts app.component.html main.tf variables.tf k8s/deployment.yaml
  charts/values.yaml data/users.json locales/de.json i18n/en.yaml src/query.sql schema.graphql proto/user.proto notebook.ipynb
  test/fixtures/a.txt src/__init__.py manage.py app/models.py src/lib.rs src/main.rs cmd/main.go internal/x_test.go Program.cs
  src/Main.kt index.php lib/app.rb lib/app.ex src/app.erl main.swift App.vue App.svelte index.astro a.lua init.lua x.vim script.sh
  run.bat deploy.ps1 lib/x.pl a.r x.jl Main.hs lib.ml core.clj a.scala a.nim a.zig x.nix v1~2.txt.md a~b.ts glossary.md src/gloss/index.ts
  src/startup/index.ts src/autostart.ts bin/run.js src/mod.ts constants.ts config/routes.rb config/locales.yml src/desktop.ts
  .well-known/security.txt .nojekyll .gitkeep src/.hidden/x.ts claude.ts gemini.py agents.ts skill.ts prompt.md instructions.md`);

const stems =
  words(`app index main user order invoice parser lexer server client router session cache store worker queue logger
  button table modal header footer layout theme color point vector matrix graph tree node edge token stream buffer reader writer
  package-view build-info test-helper lint-rule docker-client git-log make-range config-loader env-reader lock-manager hook-list`);
const endings = words('ts tsx js py rs go java kt c cpp h cs rb php swift html css md sql vue');

test('ordinary files are not protected', () => {
  const generated = stems.flatMap((stem, at) =>
    endings.map((ending) => `${['src', 'lib', 'app/x', 'test'][at % 4]}/${stem}.${ending}`),
  );
  const ordinary = [...nearMisses, ...generated];
  expect(ordinary.length).toBeGreaterThan(900);
  for (const path of ordinary) {
    expect(protectedReason(path), path).toBeUndefined();
    expect(protectedReason(`/home/me/work/project/${path}`), path).toBeUndefined();
    expect(protectedReason(`C:\\work\\${path.replaceAll('/', '\\')}`), path).toBeUndefined();
  }
});

test('any path gets an answer, and what is too long asks', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aE.é/\\:% 2~1\u200b中\0'), maxLength: 60 }), (path) => {
      expect(protectedReason(path)?.reason ?? 'None.').toMatch(/\.$/);
      expect(protectedReason(`${path}/.vscode/x`)?.kind).toBe('ask');
    }),
    { seed: seed(), numRuns: scaled(2000) },
  );
  expect(protectedReason(`${'../'.repeat(50_000)}x`)).toEqual({
    kind: 'ask',
    reason: 'Its path is too long to be judged.',
  });
  for (const path of ['', '/', '.', '..', 'C:\\', '//', ' ']) expect(protectedReason(path)).toBeUndefined();
});
