-- Neovim (0.7 and newer) as a client of the stand-alone server: a whole conversation with a strict service that is not ours.
--   nvim --headless --clean -c 'luafile conversation.lua'
-- Environment: as for explain.lua; the current folder is the workspace, with the files that run.ts names.

local support = dofile(os.getenv('LSP_SUPPORT'))
local check, wait = support.check, support.wait
local client
-- The buffer of the chat: what is asked about may be shown in another one.
local chat = 0

local function text() return table.concat(vim.api.nvim_buf_get_lines(chat, 0, -1, false), '\n') end

local function has(words) return text():find(words, 1, true) ~= nil end

local function command(id, argument)
  return support.request(client, 'workspace/executeCommand', { command = id, arguments = argument and { argument } or {} })
end

local function uri() return vim.uri_from_bufnr(chat) end

local function fileText(name)
  local buffer = vim.fn.bufadd(name)
  vim.fn.bufload(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

local function say(words)
  vim.api.nvim_buf_set_lines(chat, -1, -1, false, { words })
  return command('gloss.chat.send', { uri = uri() })
end

-- Everything is allowed but the edit of this file.
local asked, unwanted = {}, 'src/c.ts'
local function answerMessages()
  vim.lsp.handlers['window/showMessageRequest'] = function(_, params)
    table.insert(asked, params.message)
    local wanted = params.message:find(unwanted, 1, true) and 'Deny' or 'Allow Once'
    local show = vim.NIL
    for _, action in ipairs(params.actions or {}) do
      if action.title == wanted then return action end
      if action.title == 'Show' then show = action end
    end
    -- What is long has to be looked at first.
    return show
  end
end

-- Neovim 0.7 cannot be told to open a document: the answer of the command names it.
local function show(opened)
  local name = vim.uri_to_fname(opened.uri)
  if vim.fn.has('nvim-0.8') == 0 then vim.cmd('edit ' .. vim.fn.fnameescape(name)) end
  local shown = wait(function() return vim.api.nvim_buf_get_name(0) == name end)
  chat = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(chat, client.id)
  return shown
end

local function startClient()
  vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('LSP_FILE')))
  client = support.start(vim.api.nvim_get_current_buf())
  answerMessages()
end

local function main()
  vim.o.hidden = true
  startClient()
  local opened, problem = command('gloss.chat')
  check('the chat opens', opened ~= nil and show(opened), problem)

  say('Make it so.')
  check('the answer comes to its end', wait(function() return has('see a.ts:2') end), text())
  check('it has read and searched, a line each', has('- Read a.ts') and has('- Search'), text())
  check('two edits are in their buffers', fileText('a.ts'):find('x + 1', 1, true) ~= nil and fileText('src/b.ts'):find('y + y', 1, true) ~= nil, fileText('a.ts'))
  check('the one that was denied is not', fileText('src/c.ts'):find('=> 3', 1, true) ~= nil, fileText('src/c.ts'))
  check('a command has run, with leave, and its output is there', has('three edits') and asked[#asked]:find('echo three edits', 1, true) ~= nil, vim.inspect(asked))

  say('Tell me everything.')
  check('the next answer begins', wait(function() return has('Be') and has('Tell me everything.') end), text())
  command('gloss.chat.stop', { uri = uri() })
  check('a stop in the middle ends it', wait(function() return has('> Stopped.') end), text())

  local before = client.id
  local stopped = vim.lsp.get_client_by_id(before)
  if stopped.stop then stopped:stop() else vim.lsp.stop_client(before) end
  check('the server ends', wait(function() return vim.lsp.get_client_by_id(before) == nil end))
  vim.cmd('bdelete! ' .. chat)
  startClient()
  local again = command('gloss.chat', { conversation = opened.conversation })
  check('after a restart the chat is there', again ~= nil and show(again) and wait(function() return has('see a.ts:2') and has('> Stopped.') end), text())
  say('Go on.')
  check('and goes on', wait(function() return has('Going on.') end), text())

  local id = text():match('## You <!%-%- gloss:([%w-]+) %x+ %-%->\n\nTell me everything')
  local forked = command('gloss.chat.fork', { uri = uri(), entry = id })
  check('a fork is another conversation', forked ~= nil and forked.conversation ~= opened.conversation, vim.inspect(forked))
end

support.run(main)
