-- What headings give: the outline, folds, selections that grow, and headings across the folder.

local check = require('check')
local draft = require('session.draft')
local is, holds, wait = check.is, check.holds, check.wait
local M = {}

function M.shows_the_outline()
  vim.cmd('HegaoOutline')
  local entries = vim.fn.getloclist(0)
  local heading = vim.tbl_filter(function(entry)
    return entry.text:find('聚焦民生实事 争做群众“暖心人”', 1, true)
  end, entries)[1]
  holds('the outline has the heading of line 49', heading and heading.lnum == 49, entries)
  holds('indented below the title, with its length', heading and heading.text:find('^  聚焦.*字'), heading)
  vim.cmd('lclose')
end

function M.folds()
  if vim.fn.has('nvim-0.11') == 0 then
    check.say('--    0.10 has no vim.lsp.foldexpr: folding is tested in 0.11 and 0.12')
    return
  end
  vim.wo.foldmethod = 'expr'
  vim.wo.foldexpr = 'v:lua.vim.lsp.foldexpr()'
  wait('folds', function()
    return vim.fn.foldlevel(55) > 0
  end)
  holds('the section of the copy is a fold', vim.fn.foldlevel(55) >= 1, vim.fn.foldlevel(55))
  vim.wo.foldmethod = 'manual'
  vim.cmd('normal! zE')
end

function M.selects()
  if vim.fn.has('nvim-0.12') == 0 then
    check.say('--    only 0.12 grows selections by the server')
    return
  end
  vim.api.nvim_win_set_cursor(0, { 59, 6 })
  vim.cmd('normal! v')
  local function selected()
    return table.concat(vim.fn.getregion(vim.fn.getpos('v'), vim.fn.getpos('.'), { type = 'v' }), '\n')
  end
  for _ = 1, 6 do
    local before = selected()
    vim.lsp.buf.selection_range(1)
    wait('a wider selection', function()
      return selected() ~= before
    end)
    if selected() == vim.fn.getline(59) then
      break
    end
  end
  is('the selection grows to the paragraph', selected(), vim.fn.getline(59))
  vim.cmd('normal! \27')
end

function M.finds_headings_across_the_folder()
  local found
  draft.call(draft.client(), 'request', 'workspace/symbol', { query = '民生实事' }, function(_, result)
    found = result
  end)
  wait('headings', function()
    return found
  end)
  is('a heading is found by a part of it', found[1].name, '聚焦民生实事 争做群众“暖心人”')
end

return M
