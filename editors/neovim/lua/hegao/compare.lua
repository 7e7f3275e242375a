-- Comparing in diff mode: the draft with another report (:HegaoCompare), or two paragraphs (the code lens).

local client = require('hegao.client')
local M = {}

--- Paragraphs are lines of hundreds of characters: without wrapping a diff shows their beginnings only.
local function wrap_both()
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.wo[window].diff then
      vim.wo[window].wrap = true
    end
  end
end

--- Opens another report beside the draft.
function M.report(file)
  local path = vim.fn.fnamemodify(vim.fn.expand(file), ':p')
  if vim.fn.filereadable(path) == 0 then
    client.tell('没有这个文件：' .. path)
    return
  end
  vim.cmd('leftabove vertical diffsplit ' .. vim.fn.fnameescape(path))
  vim.cmd('wincmd p') -- the cursor stays in the draft
  wrap_both()
end

--- The lines of a stretch of a draft, which need not be open in a window.
local function lines_of(stretch)
  local buffer = vim.uri_to_bufnr(stretch.uri)
  vim.fn.bufload(buffer)
  local owner = vim.lsp.get_clients({ bufnr = buffer, name = 'hegao' })[1] or vim.lsp.get_clients({ name = 'hegao' })[1]
  local line, column = client.place(owner, buffer, stretch.range.start)
  local last_line, last_column = client.place(owner, buffer, stretch.range['end'])
  return vim.api.nvim_buf_get_text(buffer, line, column, last_line, last_column, {})
end

local function name_of(stretch)
  local file = vim.fs.basename(vim.uri_to_fname(stretch.uri))
  return ('hegao://%s/第%d行'):format(file, stretch.range.start.line + 1)
end

--- Two paragraphs side by side in a tab of their own; what stands first in the text stands left.
---@param pair { uri: string, range: table, other: { uri: string, range: table } }
function M.stretches(pair)
  local left, right = pair.other, pair
  if left.uri == right.uri and right.range.start.line < left.range.start.line then
    left, right = right, left
  end
  local buffers = {}
  for _, stretch in ipairs({ left, right }) do
    buffers[#buffers + 1] = client.scratch(name_of(stretch), lines_of(stretch), '')
  end
  vim.cmd('tab sbuffer ' .. buffers[1])
  vim.cmd('diffthis')
  vim.cmd('rightbelow vertical sbuffer ' .. buffers[2])
  vim.cmd('diffthis')
  wrap_both()
end

return M
