-- What the scripts for Neovim (0.7 and newer) share: checks, a client of the stand-alone server, requests.
-- Environment: LSP_COMMAND is the server's command line as JSON.

local passed, failed = 0, 0
local support = { patience = 30000, progress = {}, messages = {} }

-- What Neovim says by the way would stand between the checks.
print = function() end

function support.check(sentence, ok, detail)
  if ok then passed = passed + 1 else failed = failed + 1 end
  local suffix = (not ok and detail ~= nil) and ('\n     ' .. tostring(detail)) or ''
  io.stdout:write((ok and 'ok   ' or 'FAIL ') .. sentence .. suffix .. '\n')
end

function support.wait(condition)
  return vim.wait(support.patience, condition, 20)
end

-- Starts the server for a buffer, and returns the client once it is initialized.
function support.start(buffer)
  local config = {
    name = 'gloss',
    cmd = vim.json.decode(os.getenv('LSP_COMMAND')),
    root_dir = vim.fn.getcwd(),
    init_options = { trusted = true },
    capabilities = vim.lsp.protocol.make_client_capabilities(),
    handlers = {
      ['$/progress'] = function(_, params) table.insert(support.progress, params.value.kind) end,
      ['window/showMessage'] = function(_, params) table.insert(support.messages, params.message) end,
    },
  }
  local id
  if vim.lsp.start_client then
    id = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(buffer, id)
  else
    id = vim.lsp.start(config, { bufnr = buffer })
  end
  local client
  support.check('the server answers initialize', support.wait(function()
    client = vim.lsp.get_client_by_id(id)
    return client ~= nil and client.initialized
  end))
  return client
end

-- The result, or nil and why there is none.
function support.request(client, method, params)
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, support.patience)
  if problem then return nil, tostring(problem) end
  local answer = answers[client.id] or {}
  local failure = answer.err or answer.error
  return answer.result, failure and failure.message
end

function support.run(main)
  local ok, problem = pcall(main)
  if not ok then support.check('no error', false, problem) end
  io.stdout:write(string.format('%d passed, %d failed\n', passed, failed))
  vim.cmd((ok and failed == 0) and 'qall!' or 'cquit!')
end

return support
