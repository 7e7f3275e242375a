-- :HegaoFigures: the figures of the draft as a table, conflicts first; <CR> goes to the place.

local client = require('hegao.client')
local M = {}

local HEADER = { '指标', '数值', '单位', '范围', '行' }

local function text(value)
  return (value == nil or value == vim.NIL) and '' or tostring(value)
end

local function scope(value)
  if type(value) ~= 'table' then
    return text(value)
  end
  local parts = vim.list_extend({ text(value.body) }, value.marks or {})
  return vim.trim(table.concat(parts, ' '))
end

--- One row a mention: { cells, mention }. Conflicts first, then as in the text.
local function rows(answer)
  local status = {}
  for _, figure in ipairs(answer.figures or {}) do
    for _, index in ipairs(figure.mentions) do
      status[index + 1] = figure.status
    end
  end
  local found = {}
  for index, mention in ipairs(answer.mentions) do
    local conflict = status[index] == 'conflict'
    local cells = {
      (conflict and '⚠ ' or '') .. text(mention.metric),
      text(mention.text),
      text(mention.unit),
      vim.trim(text(mention.period) .. ' ' .. scope(mention.scope)),
      tostring(mention.range.start.line + 1),
    }
    found[#found + 1] = { cells = cells, mention = mention, conflict = conflict, index = index }
  end
  table.sort(found, function(a, b)
    if a.conflict ~= b.conflict then
      return a.conflict
    end
    return a.index < b.index
  end)
  return found
end

--- Lines with the columns in line; a character may be two columns wide.
local function aligned(table_of_cells)
  local widths = {}
  for _, cells in ipairs(table_of_cells) do
    for column, cell in ipairs(cells) do
      widths[column] = math.max(widths[column] or 0, vim.fn.strdisplaywidth(cell))
    end
  end
  return vim.tbl_map(function(cells)
    local padded = {}
    for column, cell in ipairs(cells) do
      padded[column] = cell .. (' '):rep(widths[column] - vim.fn.strdisplaywidth(cell))
    end
    return (table.concat(padded, '  '):gsub('%s+$', ''))
  end, table_of_cells)
end

function M.open()
  local draft = vim.api.nvim_get_current_buf()
  local answer = client.request(draft, 'hegao/figures', { textDocument = { uri = vim.uri_from_bufnr(draft) } })
  if not answer or answer == vim.NIL then
    return
  end
  local found = rows(answer)
  if #found == 0 then
    client.tell('稿中没有数据')
    return
  end
  local cells = { HEADER }
  for _, row in ipairs(found) do
    cells[#cells + 1] = row.cells
  end
  local buffer = client.scratch('hegao://figures/' .. vim.fn.bufname(draft), aligned(cells), 'hegao-figures')
  vim.cmd('botright split')
  vim.api.nvim_win_set_buf(0, buffer)
  vim.api.nvim_win_set_height(0, math.min(#found + 1, math.floor(vim.o.lines / 3)))
  vim.wo.wrap = false
  vim.wo.cursorline = true
  vim.api.nvim_win_set_cursor(0, { 2, 0 })
  vim.keymap.set('n', '<CR>', function()
    local row = found[vim.api.nvim_win_get_cursor(0)[1] - 1]
    local owner = row and client.of(draft)
    if owner then
      client.jump(owner, draft, row.mention.range.start)
    end
  end, { buffer = buffer, desc = '跳到稿中' })
end

return M
