-- Neovim (0.7 and newer) as a client of the stand-alone server: what a person there sees of an explanation.
--   nvim --headless --clean -c 'luafile explain.lua'
-- Environment: LSP_COMMAND is the server's command line as JSON, LSP_FILE the Python file to open,
-- LSP_HOLD=1 leaves Neovim running once the server is there, to be killed.

local support = dofile(os.getenv('LSP_SUPPORT'))
local check, patience, progress = support.check, support.patience, support.progress

local function main()
  vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('LSP_FILE')))
  local buffer = vim.api.nvim_get_current_buf()
  local client = support.start(buffer)
  if os.getenv('LSP_HOLD') then
    io.stdout:write('holding\n')
    io.stdout:flush()
    vim.wait(60000, function() return false end)
  end

  local document = { uri = vim.uri_from_bufnr(buffer) }
  local function request(method, params)
    local result, problem = support.request(client, method, params)
    if problem then error(method .. ': ' .. problem) end
    return result
  end
  local function hover(line)
    local found = request('textDocument/hover', { textDocument = document, position = { line = line, character = 4 } })
    return type(found) == 'table' and found.contents.value or ''
  end

  -- `def bigger` stands on the first line, `def total` on the fifth.
  local bigger = { start = { line = 0, character = 0 }, ['end'] = { line = 2, character = 12 } }
  local context = { diagnostics = {}, only = { 'gloss.explain' } }
  local actions = request('textDocument/codeAction', { textDocument = document, range = bigger, context = context })
  local titles = table.concat(vim.tbl_map(function(action) return action.title end, actions), ', ')
  -- Notes are offered where Neovim can show them: 0.10 and newer.
  local wanted = vim.lsp.inlay_hint and 'Explain, Add Line Notes, Explain File' or 'Explain, Explain File'
  check('the code actions offer what can be explained', titles == wanted, titles)
  check('nothing is in the hover before', hover(0) == '', hover(0))

  local result = request('workspace/executeCommand', {
    command = 'gloss.explain',
    arguments = { { uri = document.uri, range = bigger, level = 'normal' } },
    workDoneToken = 'explaining',
  })
  check('gloss.explain returns Markdown about the code', result.markdown:find('bigger', 1, true) ~= nil, vim.inspect(result))
  check('gloss.explain returns the model and the tokens', result.model ~= '' and result.usage.inputTokens > 0, vim.inspect(result))
  check('the work is reported from begin to end', progress[1] == 'begin' and progress[#progress] == 'end', vim.inspect(progress))
  -- The first words of it: citations stand behind them.
  local sentence = result.markdown:match('^(.-) %(?%[')
  check('its citations are links to lines', result.markdown:find('[line 1](' .. document.uri .. '#L1)', 1, true) ~= nil, result.markdown)
  check('the hover shows the explanation afterwards', hover(0):find(sentence, 1, true) ~= nil, hover(0))

  local again = request('workspace/executeCommand', {
    command = 'gloss.explain',
    arguments = { { uri = document.uri, range = bigger, followUp = { id = result.id, question = 'What if both are equal?' } } },
  })
  check('a follow-up goes on from the answer', again.id == result.id and again.markdown ~= result.markdown, vim.inspect(again))
  check('the hover has the question and both answers', hover(0):find('> What if both are equal', 1, true) ~= nil and hover(0):find(sentence, 1, true) ~= nil, hover(0))

  local function lenses()
    return vim.tbl_map(
      function(lens) return (lens.range.start.line + 1) .. ' ' .. lens.command.title end,
      request('textDocument/codeLens', { textDocument = document })
    )
  end
  local function explained()
    return vim.tbl_filter(function(title) return title:find('Explained', 1, true) ~= nil end, lenses())
  end
  check('a code lens stands above each function, class and method', #lenses() - #explained() == 4, vim.inspect(lenses()))
  check('a code lens says what was explained', #explained() == 1 and explained()[1]:find('^1 Explained: %S+') ~= nil, vim.inspect(explained()))

  local function hints()
    local whole = { start = { line = 0, character = 0 }, ['end'] = { line = 99, character = 0 } }
    return request('textDocument/inlayHint', { textDocument = document, range = whole })
  end
  check('there are no line notes before', #hints() == 0, vim.inspect(hints()))
  local noted = request('workspace/executeCommand', { command = 'gloss.annotate', arguments = { { uri = document.uri, range = bigger } } })
  check('gloss.annotate puts notes beside lines', noted.notes > 0 and #hints() == noted.notes, vim.inspect(noted))
  request('workspace/executeCommand', { command = 'gloss.dismissExplanations', arguments = { { ids = { noted.id } } } })
  check('gloss.dismissExplanations takes them away', #hints() == 0, vim.inspect(hints()))

  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { '# typed above', '' })
  check('an edit above moves the explanation along', hover(0) == '' and hover(2):find(sentence, 1, true) ~= nil, hover(2))
  check('its citations move along', hover(2):find('[line 3](' .. document.uri .. '#L3)', 1, true) ~= nil, hover(2))
  check('what has only moved has not changed', hover(2):find('changed since', 1, true) == nil and explained()[1]:find('^3 Explained: ') ~= nil, vim.inspect(explained()))
  vim.api.nvim_buf_set_lines(buffer, 3, 4, false, { '    if a >= b:' })
  check('an edit inside: the hover says that the code has changed', hover(2):find('changed since', 1, true) ~= nil, hover(2))
  check('an edit inside: so does the lens', explained()[1] == '3 Explained, code has changed', vim.inspect(explained()))
  vim.cmd('silent undo 0')
  check('undone, it has not changed', hover(0):find('changed since', 1, true) == nil and hover(0) ~= '', hover(0))

  -- The menu, as a person uses it.
  local offered
  vim.ui.select = function(items, options, choose)
    offered = options.format_item and options.format_item(items[1]) or items[1]
    choose(items[1], 1)
  end
  vim.api.nvim_win_set_cursor(0, { 5, 6 })
  vim.lsp.buf.code_action()
  check('the menu explains the function at the cursor', vim.wait(patience, function() return hover(4) ~= '' end, 100), offered)

  local function sent() return request('workspace/executeCommand', { command = 'gloss.whatWasSent', arguments = {} }).uri end
  local before = { count = #explained(), sent = sent() }
  client.stop()
  check('the server stops when Neovim asks', vim.wait(patience, function() return client.is_stopped() end, 20))
  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { '# typed while no server ran' })
  client = support.start(buffer)
  check('a new server knows what was explained', support.wait(function() return hover(1):find(sentence, 1, true) ~= nil end), hover(1))
  check('its citations have moved to where the lines are', hover(1):find('[line 2](' .. document.uri .. '#L2)', 1, true) ~= nil, hover(1))
  check('it is in the lenses again, at its code', #explained() == before.count and explained()[1]:find('^2 ') ~= nil, vim.inspect(explained()))
  check('nothing was sent for that', sent() == before.sent, sent())
  client.stop()
  check('the server stops when Neovim asks', vim.wait(patience, function() return client.is_stopped() end, 20))
end

support.run(main)
