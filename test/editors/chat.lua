-- Neovim (0.7 and newer) as a client of the stand-alone server: a chat as a Markdown document, as a person there writes and sees it.
--   nvim --headless --clean -c 'luafile chat.lua'
-- Environment: as for explain.lua; the current folder is the workspace, with the files that run.ts names.

local support = dofile(os.getenv('LSP_SUPPORT'))
local check, wait = support.check, support.wait
local client

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end

local function has(words) return text():find(words, 1, true) ~= nil end

local function command(id, argument)
  return support.request(client, 'workspace/executeCommand', { command = id, arguments = argument and { argument } or {} })
end

local function document() return { uri = vim.uri_from_bufnr(0) } end

local function lenses()
  return support.request(client, 'textDocument/codeLens', { textDocument = document() }) or {}
end

local function titles()
  return table.concat(vim.tbl_map(function(lens) return lens.command.title end, lenses()), ', ')
end

local function offers(title) return wait(function() return titles():find(title, 1, true) ~= nil end) end

-- Runs the command of the last lens of this title, as a click on it does.
local function click(title)
  local found
  wait(function()
    for _, lens in ipairs(lenses()) do if lens.command.title == title then found = lens.command end end
    return found ~= nil
  end)
  if not found then return nil, 'there is no lens ' .. title .. ' among ' .. titles() end
  return support.request(client, 'workspace/executeCommand', { command = found.command, arguments = found.arguments })
end

-- Writes where a person does: at the end.
local function write(words)
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { words })
end

-- Sends by the menu of code actions.
local function sendByAction()
  vim.ui.select = function(items, options, done)
    for index, item in ipairs(items) do
      if options.format_item(item):find('^Send') then return done(item, index) end
    end
    done(nil)
  end
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 0 })
  vim.lsp.buf.code_action()
end

-- Answers what the server asks by messages, and remembers what was asked.
local asked = {}
local answers = 'Allow Once'
local function answerMessages()
  vim.lsp.handlers['window/showMessageRequest'] = function(_, params)
    table.insert(asked, params.message)
    for _, action in ipairs(params.actions or {}) do if action.title == answers then return action end end
    return vim.NIL
  end
end

-- Neovim 0.7 cannot be told to open a document: the answer of the command names it.
local function show(opened)
  local name = vim.uri_to_fname(opened.uri)
  if vim.fn.has('nvim-0.8') == 0 then vim.cmd('edit ' .. vim.fn.fnameescape(name)) end
  local shown = wait(function() return vim.api.nvim_buf_get_name(0) == name end)
  vim.lsp.buf_attach_client(0, client.id)
  return shown
end

local function main()
  vim.o.hidden = true
  vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('LSP_FILE')))
  client = support.start(vim.api.nvim_get_current_buf())
  answerMessages()

  local opened, problem = command('gloss.chat')
  check('gloss.chat opens a document', opened ~= nil and show(opened), problem)
  check('its code lenses send, show what would be sent, and tell the mode', offers('Send, What Will Be Sent, Mode: Ask'), titles())

  write('What is in this workspace?')
  sendByAction()
  check('a code action sends, and the answer comes into the buffer', wait(function() return has('tokens in') end), text())
  check('calls stand there in a line each', has('\n- '), text())
  check('what was sent is a section of its own', text():find('## You <!%-%- gloss:[%w-]+ %x+ %-%->\n\nWhat is in this workspace%?') ~= nil, text())
  check('the place to write is empty again', text():find('## You <!%-%- gloss:draft %-%->%s*$') ~= nil, text())

  local plan = command('gloss.chat.mode', { uri = document().uri, mode = 'acceptEdits' })
  check('the mode can be changed', plan ~= nil and offers('Mode: Accept Edits'), titles())
  write('Tidy up good.py.')
  click('Send')
  wait(function() return #asked > 0 end)
  check('what runs is asked about by a message, with all of it', (asked[1] or ''):find('git status --short', 1, true) ~= nil, vim.inspect(asked))
  check('the second answer comes as well', wait(function() return select(2, text():gsub('tokens in', '')) == 2 end), text())
  local good = table.concat(vim.api.nvim_buf_get_lines(vim.fn.bufadd('good.py'), 0, -1, false), '\n')
  check('edits arrive in their buffers', good:find('return n > 0', 1, true) ~= nil, good)
  check('edits stand in the document with what has become of them', has('good.py, line 1: accepted'), text())

  answers = 'nothing'
  write('Tidy up fine.py.')
  click('Send')
  check('a message that is put away leaves the question in the document', offers('Allow Once'), titles())
  check('with the values and why it is asked', has('May Gloss do this?') and has('```text'), text())
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'written meanwhile' })
  click('Stop')
  check('a stop in the middle ends it', wait(function() return has('> Stopped.') end), text())
  check('what was written meanwhile is there', has('written meanwhile'), text())

  local before = text()
  vim.cmd('silent write')
  vim.cmd('bdelete')
  local again = command('gloss.chat', { conversation = opened.conversation })
  show(again)
  check('opened again it says the same', again ~= nil and wait(function() return vim.trim(text()) == vim.trim(before) end), text())

  show(click('Fork'))
  check('a fork is another document, with the question to be changed', has('Tidy up fine.py.') and not has('Stopped.'), text())
end

support.run(main)
