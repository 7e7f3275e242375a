-- The code lens over repeated paragraphs. Opt-in: Neovim shows none by itself.

local M = {}

--- 0.12 keeps lenses fresh once they are enabled; before, each change has to ask.
local function show(buffer)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  local group = vim.api.nvim_create_augroup('hegao-lenses-' .. buffer, {})
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged' }, {
    group = group,
    buffer = buffer,
    callback = function()
      vim.lsp.codelens.refresh({ bufnr = buffer })
    end,
  })
  vim.lsp.codelens.refresh({ bufnr = buffer })
end

function M.enable()
  vim.api.nvim_create_autocmd('LspAttach', {
    group = vim.api.nvim_create_augroup('hegao-lenses', {}),
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'hegao' and client.server_capabilities.codeLensProvider then
        show(event.buf)
      end
    end,
  })
end

return M
