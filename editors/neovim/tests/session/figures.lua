-- Figures: the table, and the places that state one.

local check = require('check')
local draft = require('session.draft')
local is, holds, wait = check.is, check.holds, check.wait
local M = {}

local FIGURE = '16个具体问题'
-- Lines 9, 57 and 59 of seed 001 state it.
local FIGURE_LINES = { 9, 57, 59 }

--- Puts the cursor on the figure in a line, and gives its place as the cursor has it.
local function to_figure(line)
  local place = { line, vim.fn.getline(line):find(FIGURE, 1, true) - 1 }
  vim.api.nvim_win_set_cursor(0, place)
  return place
end

function M.tables_the_figures()
  local before = draft.text()
  vim.cmd('9s/16个具体问题/18个具体问题/')
  wait('the conflict', function()
    return vim.tbl_contains(draft.rules(), 'figures/conflict')
  end)
  local conflict = vim.tbl_filter(function(finding)
    return finding.code == 'figures/conflict'
  end, draft.findings())[1]
  holds('a figure typed anew conflicts with the other line', conflict.lnum == 8 and conflict.message:find('第57行'), conflict)
  vim.cmd('HegaoFigures')
  local shown = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local words = vim.tbl_map(function(line)
    return vim.split(line, '  +')
  end, shown)
  is('the table has a header', words[1], { '指标', '数值', '单位', '范围', '行' })
  local first = vim.tbl_map(function(row)
    return { row[1], row[2], row[#row] }
  end, vim.list_slice(words, 2, 4))
  is('the conflict stands first, with all its places', first, {
    { '⚠ 具体问题', '18个', '9' },
    { '⚠ 具体问题', '16个', '57' },
    { '⚠ 具体问题', '16个', '59' },
  })
  local rest = vim.list_slice(shown, 5)
  holds('then the others, none of them in conflict', #rest > 10 and not table.concat(rest):find('⚠'), rest)
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.api.nvim_feedkeys(vim.keycode('<CR>'), 'xt', false)
  is('<CR> goes to the draft', vim.fn.expand('%:t'), '001.txt')
  local place = vim.api.nvim_win_get_cursor(0)
  is('to the figure', place, to_figure(57))
  vim.cmd('wincmd p | close')
  draft.undo_to(before)
  wait('no conflict', function()
    return not vim.tbl_contains(draft.rules(), 'figures/conflict')
  end)
end

function M.refers()
  local place = to_figure(9)
  local found
  vim.lsp.buf.references(nil, {
    on_list = function(list)
      found = list.items
    end,
  })
  wait('references', function()
    return found
  end)
  local lines = vim.tbl_map(function(item)
    return item.lnum
  end, found)
  is('references are the lines that state the figure', lines, FIGURE_LINES)
  is('in bytes', found[1].col, place[2] + 1)
end

function M.goes_to_the_definition()
  local from, due = to_figure(57), to_figure(9)
  vim.api.nvim_win_set_cursor(0, from)
  vim.lsp.buf.definition()
  wait('the jump', function()
    return vim.api.nvim_win_get_cursor(0)[1] ~= from[1]
  end)
  is('the definition of a figure is where it stands first', vim.api.nvim_win_get_cursor(0), due)
end

function M.highlights()
  local places = vim.tbl_map(to_figure, FIGURE_LINES)
  vim.lsp.buf.document_highlight()
  local marks = wait('highlights', function()
    for name, space in pairs(vim.api.nvim_get_namespaces()) do
      local found = name:find('lsp.references$') and vim.api.nvim_buf_get_extmarks(0, space, 0, -1, {}) or {}
      if #found > 0 then
        return found
      end
    end
  end)
  local found = vim.tbl_map(function(mark)
    return { mark[2] + 1, mark[3] }
  end, marks)
  is('a figure is highlighted wherever it stands', found, places)
  vim.lsp.buf.clear_references()
end

function M.renames()
  local before = draft.text()
  to_figure(57)
  vim.lsp.buf.rename('18')
  wait('the new figure', function()
    return draft.text() ~= before
  end)
  is('a rename sets the figure in every line', draft.text(), (before:gsub(FIGURE, '18个具体问题')))
  draft.undo_to(before)
end

return M
