-- Neovim (0.7 and newer) as a client of the stand-alone server: code is changed by code actions, and `u` takes it back.
--   nvim --headless --clean -c 'luafile edit.lua'
-- Environment: as for explain.lua; the current folder is the workspace, with the files that run.ts names.

local support = dofile(os.getenv('LSP_SUPPORT'))
local check, wait, progress = support.check, support.wait, support.progress
local client

local function lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end

local function text() return table.concat(lines(), '\n') end

local function bytes(name)
  local file = assert(io.open(name, 'rb'))
  local content = file:read('*a')
  file:close()
  return content
end

-- The bytes that Neovim writes for what is in the buffer.
local function written()
  vim.cmd('silent write')
  return bytes(vim.api.nvim_buf_get_name(0))
end

local function open(name)
  vim.cmd('edit ' .. name)
  vim.bo.fixeol = false
  if client then vim.lsp.buf_attach_client(0, client.id) end
end

local function range(first, last)
  return { start = { line = first, character = 0 }, ['end'] = { line = last, character = 0 } }
end

-- As typing in the editor does, what comes now is an undo step of its own.
local function undoStep() vim.cmd('let &undolevels = &undolevels') end

local function document() return { uri = vim.uri_from_bufnr(0) } end

local function actions(context, where)
  local given = vim.tbl_extend('keep', context or {}, { diagnostics = {} })
  return assert(support.request(client, 'textDocument/codeAction', {
    textDocument = document(),
    range = where or range(0, 4),
    context = given,
  }))
end

local function kinds(list)
  return table.concat(vim.tbl_map(function(action) return action.kind end, list), ' ')
end

-- Chooses from the menu as a person does, and waits for what comes of it.
local function choose(title, first, last, context)
  local offered = {}
  vim.ui.select = function(items, options, done)
    for index, item in ipairs(items) do
      local shown = options.format_item(item)
      table.insert(offered, shown)
      if shown:find(title, 1, true) then return done(item, index) end
    end
    done(nil)
  end
  local before = text()
  local from, to = { first, 0 }, { last, #(lines()[last] or '') }
  if vim.fn.has('nvim-0.8') == 0 then
    vim.lsp.buf.range_code_action(context, from, to)
  else
    vim.lsp.buf.code_action({ context = context, range = { start = from, ['end'] = to } })
  end
  return wait(function() return text() ~= before end), table.concat(offered, ', ')
end

local function listing()
  local list = actions()
  local notes = vim.lsp.inlay_hint and ' gloss.explain.notes' or ''
  local wanted = 'gloss.explain' .. notes .. ' gloss.explain.file refactor.rewrite.gloss.simplify refactor.extract.gloss refactor.rewrite.gloss.rename'
    .. ' refactor.rewrite.gloss.types refactor.rewrite.gloss.document refactor.rewrite.gloss.errors'
    .. ' refactor.rewrite.gloss.modernise refactor.rewrite.gloss.tests refactor.rewrite.gloss.comments'
    .. ' refactor.rewrite.gloss.custom'
  check('the menu of a selection has an action of each kind', kinds(list) == wanted, kinds(list))
  check('an action of the workspace is among them', list[#list].title == 'Use Our Logger', vim.inspect(list[#list]))
  local log = bytes(vim.lsp.get_log_path())
  check('the log names the file that is no action, and says why', log:find('broken.json is no action: instruction', 1, true) ~= nil, log)
  check('a kind asks for its actions alone', kinds(actions({ only = { 'refactor.extract' } })) == 'refactor.extract.gloss')
  check('nothing is fixed where nothing is wrong', #actions({ only = { 'quickfix' } }) == 0)
  local problem = { range = range(0, 1), message = '`os` imported but unused', severity = 2 }
  local fixes = actions({ only = { 'quickfix' }, diagnostics = { problem } })
  check('a diagnostic brings Fix Problem', kinds(fixes) == 'quickfix.gloss', vim.inspect(fixes))
end

-- `import os`, which nobody uses, stands on the first line, `def bigger` on the third, `def total` on the eighth.
local function menu()
  local original = bytes('basket.py')
  local done, offered = choose('Write Documentation', 3, 6)
  check('Write Documentation is chosen from the menu and changes the buffer', done, offered)
  local inserted = lines()[4] or ''
  check('what it writes is about the function', inserted:find('^    """.*bigger') ~= nil, text())
  check('the lines around it are as they were', lines()[3] == 'def bigger(a, b):' and text():find('    if a > b:', 1, true) ~= nil)
  check('the work is reported from begin to end', progress[1] == 'begin' and progress[#progress] == 'end', vim.inspect(progress))
  vim.cmd('silent undo')
  check('one undo restores the file byte for byte', written() == original, text())

  local ns = vim.api.nvim_create_namespace('linter')
  vim.diagnostic.set(ns, 0, { { lnum = 0, col = 0, end_lnum = 0, end_col = 9, severity = 2, source = 'linter', message = '`os` imported but unused' } })
  local told = { range = range(0, 1), message = '`os` imported but unused', severity = 2 }
  local fixed, list = choose('Fix Problem', 1, 1, { diagnostics = { told } })
  check('Fix Problem does what the diagnostic asks for', fixed and not text():find('import os', 1, true), list)
  vim.diagnostic.reset(ns, 0)

  vim.api.nvim_buf_set_lines(0, 0, 0, false, { '# typed by hand' })
  undoStep()
  local line = vim.fn.search('^def total')
  local again = choose('Write Documentation', line, line + 1)
  check('after an edit by hand the next one finds its place', again and lines()[line + 1]:find('^    """.*total') ~= nil, text())
  check('what was typed by hand is there', lines()[1] == '# typed by hand')
  vim.cmd('silent undo')
  check('undo takes back that edit alone', lines()[1] == '# typed by hand' and not text():find('"""', 1, true), text())
  vim.cmd('silent edit!')
end

local function lineEnds()
  open('dos.py')
  local original = bytes('dos.py')
  check('CRLF: the edit arrives', (choose('Write Documentation', 1, 2)))
  local now = written()
  check('CRLF: every line ends as it did', now ~= original and not now:gsub('\r\n', ''):find('[\r\n]'), vim.inspect(now))
  vim.cmd('silent undo')
  check('CRLF: undo restores the file byte for byte', written() == original, vim.inspect(bytes('dos.py')))

  open('bare.py')
  original = bytes('bare.py')
  check('no final line end: the edit arrives', (choose('Simplify', 1, 5)))
  now = written()
  check('no final line end: there is none afterwards', now ~= original and now:find('return n > 0$') ~= nil, vim.inspect(now))
  vim.cmd('silent undo')
  check('no final line end: undo restores the file byte for byte', written() == original, vim.inspect(bytes('bare.py')))
end

local function movedOn()
  open('basket.py')
  local function simplest()
    return assert(actions({ only = { 'refactor.rewrite.gloss.document' } }, range(2, 6))[1])
  end
  local old = simplest()
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { '# one' })
  local result, problem = support.request(client, 'codeAction/resolve', old)
  check('an action of an earlier version is refused with a reason', result == nil and problem:find('has changed', 1, true), problem)

  local resolved = assert(support.request(client, 'codeAction/resolve', simplest()))
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { '# two' })
  local typed = text()
  vim.lsp.util.apply_workspace_edit(resolved.edit, client.offset_encoding)
  check('an edit for an earlier version is not applied', text() == typed, text())
end

local function command()
  undoStep()
  local before = text()
  local _, problem = support.request(client, 'workspace/executeCommand', {
    command = 'gloss.edit',
    arguments = { { action = 'instruct', uri = document().uri, range = range(7, 9), instruction = 'add a comment saying prices are net' } },
  })
  local line = vim.fn.search('^def total')
  check('gloss.edit does what its instruction says', problem == nil and lines()[line - 1] == '# prices are net', problem or text())
  vim.cmd('silent undo')
  check('undo takes the command back', text() == before, text())
  local _, refused = support.request(client, 'workspace/executeCommand', {
    command = 'gloss.edit',
    arguments = { { action = 'instruct', uri = document().uri, range = range(7, 9) } },
  })
  check('without its instruction it says what is missing', (refused or ''):find('instruction', 1, true) ~= nil, refused)
end

local function newFile()
  open('cart.ts')
  local only = { only = { 'refactor.rewrite.gloss.tests' } }
  local resolved, problem = support.request(client, 'codeAction/resolve', actions(only, range(0, 3))[1])
  check('Write Tests brings a new file', resolved ~= nil, problem)
  vim.lsp.util.apply_workspace_edit(resolved.edit, client.offset_encoding)
  local made = vim.fn.bufnr('cart.test.ts')
  local content = made > 0 and table.concat(vim.api.nvim_buf_get_lines(made, 0, -1, false), '\n') or ''
  check('the new file tests the function', content:find("import { totalOf } from './cart", 1, true) ~= nil, vim.inspect(resolved.edit))

  open('taken.ts')
  resolved, problem = support.request(client, 'codeAction/resolve', actions(only, range(0, 3))[1])
  check('beside tests that are there come others', resolved ~= nil, problem)
  vim.lsp.util.apply_workspace_edit(resolved.edit, client.offset_encoding)
  check('a file that is there already is not written over', bytes('taken.test.ts') == '// Written by hand.\n')
end

local function main()
  open('basket.py')
  client = support.start(vim.api.nvim_get_current_buf())
  listing()
  menu()
  lineEnds()
  movedOn()
  command()
  newFile()
  client.stop()
  check('the server stops when Neovim asks', wait(function() return client.is_stopped() end))
end

support.run(main)
