-- What is safe to fix is fixed before a draft is saved. Opt-in: a save should not edit unasked.

local client = require('hegao.client')
local M = {}

local KIND = 'source.fixAll.hegao'

--- Fixes all that is safe to fix. It waits for the server: what is saved is the text after the fixes.
function M.all(buffer)
  local start = { line = 0, character = 0 }
  local actions = client.request(buffer, 'textDocument/codeAction', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = start, ['end'] = start },
    context = { diagnostics = {}, only = { KIND } },
  })
  if not actions or actions == vim.NIL then
    return
  end
  for _, action in ipairs(actions) do
    vim.lsp.util.apply_workspace_edit(action.edit, client.of(buffer).offset_encoding)
  end
end

function M.enable()
  vim.api.nvim_create_autocmd('BufWritePre', {
    group = vim.api.nvim_create_augroup('hegao-fixes', {}),
    callback = function(event)
      if #vim.lsp.get_clients({ bufnr = event.buf, name = 'hegao' }) > 0 then
        M.all(event.buf)
      end
    end,
  })
end

return M
