-- Findings: beside their lines, explained, fixed, accepted, gone with the draft.

local check = require('check')
local draft = require('session.draft')
local is, holds, wait = check.is, check.holds, check.wait
local M = {}

function M.finds_the_copy()
  wait('a finding', function()
    return #draft.findings() > 0
  end)
  is('one finding', #draft.findings(), 1)
  local finding = draft.findings()[1]
  is('its rule', finding.code, 'duplicates/paragraph')
  is('its place is line 59, whole', { finding.lnum, finding.col }, { 58, 0 })
  is('its end is the line’s, in bytes', finding.end_col, #vim.fn.getline(59))
  holds('its message is Chinese and names the other line', finding.message:find('第57行'), finding.message)
  local related = vim.tbl_get(finding, 'user_data', 'lsp', 'relatedInformation', 1, 'location', 'range', 'start', 'line')
  is('it links to the other line', related, 56)
end

function M.hovers()
  vim.api.nvim_win_set_cursor(0, { 59, 6 })
  vim.lsp.buf.hover()
  local float = wait('a floating window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return window
      end
    end
  end)
  local said = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, false), '\n')
  holds('hover says what to do', said:find('怎么改') and said:find('第57行'), said)
  vim.api.nvim_win_close(float, true)
end

function M.explains_the_rule()
  vim.api.nvim_win_set_cursor(0, { 59, 6 })
  vim.cmd('HegaoRule')
  is('the rule of the finding under the cursor is shown', vim.fn.getline(1), '# duplicates/paragraph 重复段落')
  is('as Markdown that is not to be edited', { vim.bo.filetype, vim.bo.modifiable }, { 'markdown', false })
  vim.cmd('close')
  vim.cmd('HegaoRule headings/sequence')
  holds('a rule is shown by name', vim.fn.getline(1):find('^# headings/sequence'), vim.fn.getline(1))
  vim.cmd('close')
  holds('names are completed', vim.tbl_contains(vim.fn.getcompletion('HegaoRule dup', 'cmdline'), 'duplicates/paragraph'))
end

function M.takes_the_copy_out()
  vim.api.nvim_win_set_cursor(0, { 59, 6 })
  draft.act('^删去这一段')
  wait('the fix', function()
    return draft.copies_in(draft.text()) == 1
  end)
  wait('no finding', function()
    return #draft.findings() == 0
  end)
  holds('the finding is gone', true)
  vim.cmd('silent write')
  local saved = table.concat(vim.fn.readfile(draft.file), '\n')
  is('the saved file has the paragraph once', draft.copies_in(saved), 1)
  holds('and the paragraphs around it', saved:find('平罗县政协在星海社区开展“平事好商量”协商', 1, true))
end

function M.accepts()
  local buffer = draft.open('twice.txt')
  draft.wait_for_findings(buffer, 1)
  local list = draft.path('hegao-baseline.txt')
  is('nothing is intended yet', vim.fn.filereadable(list), 0)
  vim.api.nvim_win_set_cursor(0, { 3, 6 })
  draft.act('^有意如此')
  draft.wait_for_findings(buffer, 0)
  holds('a finding that is intended goes', true)
  local written = table.concat(vim.fn.readfile(list), '\n')
  holds('and is written down in hegao-baseline.txt', written:find('%x+ duplicates/paragraph'), written)
  -- The list is edited here, and the server hears of it.
  vim.cmd('edit ' .. list)
  vim.cmd('silent %delete | silent write | bdelete')
  draft.wait_for_findings(buffer, 1)
  holds('taken off the list in Neovim, it comes back', true)
end

function M.go_with_the_draft()
  local buffer = draft.open('twice.txt')
  draft.wait_for_findings(buffer, 1)
  vim.cmd('bdelete')
  draft.wait_for_findings(buffer, 0)
  is('the finding goes when its draft is closed', vim.fn.bufloaded(buffer), 0)
end

return M
