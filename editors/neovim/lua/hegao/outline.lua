-- :HegaoOutline: the headings in a picker if there is one, else in the location list.

local client = require('hegao.client')
local M = {}

--- The pickers that people have, and how each shows the symbols of a buffer.
local PICKERS = {
  { module = 'telescope.builtin', show = 'lsp_document_symbols' },
  { module = 'fzf-lua', show = 'lsp_document_symbols' },
}

local function picker()
  for _, known in ipairs(PICKERS) do
    local loaded, module = pcall(require, known.module)
    if loaded and module[known.show] then
      return module[known.show]
    end
  end
end

local function entries(owner, buffer, symbols, depth, into)
  for _, symbol in ipairs(symbols) do
    local line, column = client.place(owner, buffer, symbol.selectionRange.start)
    local detail = symbol.detail and ('  ' .. symbol.detail) or ''
    into[#into + 1] = {
      bufnr = buffer,
      lnum = line + 1,
      col = column + 1,
      text = ('  '):rep(depth) .. symbol.name .. detail,
    }
    entries(owner, buffer, symbol.children or {}, depth + 1, into)
  end
  return into
end

function M.open()
  local show = picker()
  if show then
    show()
    return
  end
  local buffer = vim.api.nvim_get_current_buf()
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  local symbols = client.request(buffer, 'textDocument/documentSymbol', params)
  if not symbols then
    return
  end
  local found = entries(client.of(buffer), buffer, symbols, 0, {})
  if #found == 0 then
    client.tell('稿中没有标题')
    return
  end
  vim.fn.setloclist(0, {}, ' ', { title = '大纲 ' .. vim.fn.bufname(buffer), items = found })
  vim.cmd('lopen')
end

return M
