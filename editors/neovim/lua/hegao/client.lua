-- The client of a buffer, and requests to it.

local M = {}

local METHOD_NOT_FOUND = -32601
M.PATIENCE = 5000

function M.tell(message)
  vim.notify('核稿：' .. message, vim.log.levels.WARN)
end

--- The client of a buffer; says so if there is none.
function M.of(buffer)
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'hegao' })[1]
  if not client then
    M.tell('这里没有运行核稿程序（:checkhealth hegao）')
  end
  return client
end

--- A method of a client: 0.11 made methods of what were functions.
local function call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- The result of a request, or nil after saying why there is none.
function M.request(buffer, method, params)
  local client = M.of(buffer)
  if not client then
    return nil
  end
  local reply = call(client, 'request_sync', method, params, M.PATIENCE, buffer)
  if not reply then
    M.tell('核稿程序没有回答 ' .. method)
  elseif reply.err and reply.err.code == METHOD_NOT_FOUND then
    M.tell('这个版本的核稿程序还不支持 ' .. method)
  elseif reply.err then
    M.tell(reply.err.message)
  else
    return reply.result
  end
end

--- Tells the servers that a file beside the drafts was written: on Linux Neovim watches no files for them.
function M.written(file)
  local changes = { { uri = vim.uri_from_fname(file), type = vim.lsp.protocol.FileChangeType.Changed } }
  for _, client in ipairs(vim.lsp.get_clients({ name = 'hegao' })) do
    call(client, 'notify', 'workspace/didChangeWatchedFiles', { changes = changes })
  end
end

--- Asks for the findings of the open drafts anew. By itself 0.12 would ask for those of the whole folder, also of drafts
--- that nobody has opened, and leave the open ones as they were.
function M.pull_again(client)
  local identifier = client.server_capabilities.diagnosticProvider.identifier
  for buffer in pairs(client.attached_buffers) do
    local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, identifier = identifier }
    call(client, 'request', 'textDocument/diagnostic', params, nil, buffer)
  end
end

--- Zero-based line and byte column of a position of the protocol.
function M.place(client, buffer, position)
  local line = vim.api.nvim_buf_get_lines(buffer, position.line, position.line + 1, false)[1] or ''
  if vim.fn.has('nvim-0.11') == 1 then
    return position.line, vim.str_byteindex(line, client.offset_encoding, position.character, false)
  end
  if client.offset_encoding == 'utf-8' then
    return position.line, math.min(position.character, #line)
  end
  local units = client.offset_encoding == 'utf-16'
  local longest = select(units and 2 or 1, vim.str_utfindex(line))
  return position.line, vim.str_byteindex(line, math.min(position.character, longest), units)
end

--- Goes to a position, in a window that shows the buffer if there is one.
function M.jump(client, buffer, position)
  local window = vim.fn.bufwinid(buffer)
  if window ~= -1 then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd('sbuffer ' .. buffer)
  end
  local line, column = M.place(client, buffer, position)
  vim.cmd("normal! m'") -- so that CTRL-O comes back
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
end

--- A buffer that is nobody's file, with text that is not to be edited.
function M.scratch(name, lines, filetype)
  local old = vim.fn.bufnr('^' .. vim.fn.escape(name, '\\[]*?') .. '$')
  if old ~= -1 then
    vim.api.nvim_buf_delete(old, { force = true })
  end
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(buffer, name)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = filetype or ''
  vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = buffer, desc = '关闭' })
  return buffer
end

return M
