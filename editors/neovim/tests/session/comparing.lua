-- Two drafts side by side, and two paragraphs: by command and by code lens.

local check = require('check')
local draft = require('session.draft')
local is, wait = check.is, check.wait
local M = {}

local function windows_in_diff()
  return vim.tbl_filter(function(window)
    return vim.wo[window].diff
  end, vim.api.nvim_tabpage_list_wins(0))
end

--- What the lenses say on the screen, by line. Before 0.12 they stand behind the line, since then over it.
local function lenses()
  local found = {}
  for name, space in pairs(vim.api.nvim_get_namespaces()) do
    for _, mark in ipairs(name:find('codelens') and vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true }) or {}) do
      local parts = mark[4].virt_text or (mark[4].virt_lines or {})[1] or {}
      local said = table.concat(vim.tbl_map(function(part)
        return part[1]
      end, parts))
      if said ~= '' then
        found[mark[2] + 1] = vim.trim(said)
      end
    end
  end
  return found
end

function M.compares()
  vim.cmd('HegaoCompare ' .. vim.env.HEGAO_WORKSPACE .. '/000.txt')
  is('one server serves both drafts', #vim.lsp.get_clients({ name = 'hegao' }), 1)
  is('two windows in diff mode', #windows_in_diff(), 2)
  is('the cursor stays in the draft', vim.fn.expand('%:t'), '001.txt')
  is('long lines are wrapped', vim.wo.wrap, true)
  vim.cmd('wincmd p | close | diffoff!')

  local finding = draft.findings()[1].user_data.lsp
  local other = finding.relatedInformation[1].location
  -- As the server's code lens calls it.
  local handler = vim.lsp.get_clients({ name = 'hegao' })[1].commands['hegao.compare']
  local due = vim.fn.getline(59)
  handler({ arguments = { { uri = other.uri, range = finding.range, other = other } } })
  local shown = vim.tbl_map(function(window)
    return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  end, windows_in_diff())
  is('the two paragraphs stand side by side', shown, { { due }, { due } })
  vim.cmd('tabclose')
end

function M.shows_lenses()
  vim.api.nvim_win_set_cursor(0, { 59, 0 })
  local found = wait('a lens', function()
    vim.cmd('redraw') -- 0.12 makes the lenses of the lines that it draws
    local found = lenses()
    return next(found) and found
  end)
  is('a lens at the copy, and no other', found, { [59] = '与第57行的段落相同 · 比较' })
  local due = vim.fn.getline(59)
  vim.lsp.codelens.run()
  wait('two windows in diff mode', function()
    return #windows_in_diff() == 2
  end)
  local shown = vim.tbl_map(function(window)
    return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  end, windows_in_diff())
  is('the lens opens both paragraphs side by side', shown, { { due }, { due } })
  vim.cmd('tabclose')
end

return M
