-- Neovim (0.7 and newer) as a client of the stand-alone server: suggestions at the cursor, by the code in docs/editors/neovim.md.
-- Environment: LSP_COMMAND is the server's command line as JSON, LSP_FILE the Python file to open, LSP_PAGE the page.

local support = dofile(os.getenv('LSP_SUPPORT'))
local check = support.check

-- The Lua of the page that asks for suggestions, as a person copies it.
local function documented()
  local page = table.concat(vim.fn.readfile(os.getenv('LSP_PAGE')), '\n')
  for code in page:gmatch('```lua\n(.-)```') do
    if code:find('textDocument/inlineCompletion', 1, true) then return code end
  end
end

local function press(key)
  for _, mapping in ipairs(vim.api.nvim_get_keymap('i')) do
    if mapping.lhs == key then return mapping.callback() end
  end
  error('no key ' .. key)
end

local function main()
  assert(loadstring(documented()))()
  vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('LSP_FILE')))
  local buffer = vim.api.nvim_get_current_buf()
  local client = support.start(buffer)
  check('the server offers suggestions', client.server_capabilities.inlineCompletionProvider ~= nil, vim.inspect(client.server_capabilities))

  local space = vim.api.nvim_get_namespaces()['gloss-suggestion']
  local function marks() return vim.api.nvim_buf_get_extmarks(buffer, space, 0, -1, { details = true }) end
  local function text() return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') end
  local function why() return support.request(client, 'workspace/executeCommand', { command = 'gloss.whySuggestion', arguments = {} }) end

  check('nothing was asked before', why().why == 'none', vim.inspect(why()))
  -- `def total(prices, tax):` is the fifth line; its body is taken away and written anew.
  vim.api.nvim_buf_set_lines(buffer, 5, 6, false, { '    return sum(pri' })
  -- As in insert mode: behind the last letter.
  vim.o.virtualedit = 'onemore'
  vim.api.nvim_win_set_cursor(0, { 6, 18 })
  local before = text()
  press('<M-s>')
  check('a suggestion is shown at the cursor', support.wait(function() return #marks() > 0 end), vim.inspect(why()))
  check('nothing is in the text before it is taken', text() == before)
  check('why says that it was shown', why().why == 'shown', vim.inspect(why()))
  local lines = vim.api.nvim_buf_line_count(buffer)
  press('<M-a>')
  check('taken, it stands in the text', text():find('\n    return sum(prices)\n', 1, true) ~= nil, text())
  check('and is shown no more', #marks() == 0)
  local cursor = vim.api.nvim_win_get_cursor(0)
  check('the cursor stands behind it', cursor[1] > 6 or cursor[2] > 18, vim.inspect({ cursor, lines }))
  press('<M-a>')
  local counted
  check('it is counted as accepted', support.wait(function()
    counted = support.request(client, 'gloss/suggestionStatistics', { reset = false })
    return counted and counted.accepted == 1 and counted.shown == 1
  end), vim.inspect(counted))

  vim.cmd('edit! ' .. vim.fn.fnameescape(vim.fn.fnamemodify(os.getenv('LSP_FILE'), ':h') .. '/.env'))
  vim.lsp.buf_attach_client(0, client.id)
  local asked, problem = support.request(client, 'textDocument/inlineCompletion', {
    textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = 0, character = 6 }, context = { triggerKind = 1 },
  })
  local items = type(asked) == 'table' and (asked.items or asked) or {}
  check('in a file that may hold keys nothing is suggested', #items == 0 and problem == nil, vim.inspect({ asked, problem }))
  check('and why says so', why().why == 'secret' or why().why == 'excluded', vim.inspect(why()))
  client.stop()
  check('the server stops when Neovim asks', support.wait(function() return client.is_stopped() end))
end

support.run(main)
