-- While writing: fixed phrases are completed, and a save mends what is safe to mend.

local check = require('check')
local draft = require('session.draft')
local is, holds, wait = check.is, check.holds, check.wait
local M = {}

function M.completes()
  local before = draft.text()
  vim.fn.append('$', '牢牢把握团。')
  local last = vim.fn.line('$')
  vim.api.nvim_win_set_cursor(0, { last, #'牢牢把握团' })
  local answer
  local params = vim.lsp.util.make_position_params(0, draft.client().offset_encoding)
  vim.lsp.buf_request(0, 'textDocument/completion', params, function(trouble, result)
    answer = { trouble = trouble, items = result and result.items }
  end)
  wait('completions', function()
    return answer
  end)
  is('completion is no error', answer.trouble, nil)
  local phrase = vim.tbl_filter(function(item)
    return item.label == '牢牢把握团结和民主两大主题'
  end, answer.items)[1]
  holds('a fixed phrase is offered by its beginning', phrase ~= nil, answer.items)
  vim.lsp.util.apply_text_edits({ phrase.textEdit }, vim.api.nvim_get_current_buf(), draft.client().offset_encoding)
  is('what was typed is replaced by it', vim.fn.getline(last), '牢牢把握团结和民主两大主题。')
  draft.undo_to(before)
end

function M.mends_on_save()
  local buffer = draft.open('numbers.txt')
  draft.wait_for_findings(buffer, 1)
  local line = vim.fn.getline(3)
  vim.cmd('silent write')
  is('a save mends nothing unasked', vim.fn.readfile(draft.path('numbers.txt'))[3], line)
  vim.lsp.buf.code_action({ apply = true, context = { diagnostics = {}, only = { 'source.fixAll.hegao' } } })
  draft.wait_for_findings(buffer, 0)
  is('asked to, it fixes all that is safe to fix', vim.fn.getline(3), '二、存在问题')
  vim.cmd('silent undo')
  draft.wait_for_findings(buffer, 1)
  require('hegao').setup({ fix_on_save = true })
  vim.fn.append('$', '又一句。')
  vim.cmd('silent write')
  local saved = vim.fn.readfile(draft.path('numbers.txt'))
  is('with fix_on_save, the marker is mended in what is saved', { saved[3], saved[#saved] }, { '二、存在问题', '又一句。' })
  draft.wait_for_findings(buffer, 0)
  is('and in the draft, which is saved', { vim.fn.getline(3), vim.bo.modified }, { '二、存在问题', false })
end

function M.keeps_an_old_encoding()
  vim.o.fileencodings = 'ucs-bom,utf-8,gb18030,latin1' -- as the manual says
  local before = vim.fn.readblob(draft.path('old.txt'))
  local buffer = draft.open('old.txt')
  is('an old draft is read in its own encoding', vim.bo.fileencoding, 'gb18030')
  local finding = draft.wait_for_findings(buffer, 1)[1]
  is('its finding is the whole line, in bytes of the buffer', { finding.lnum, finding.end_col }, { 2, #vim.fn.getline(3) })
  vim.cmd('normal! Go一')
  vim.cmd('silent write')
  is('it is saved as it was, with what is new', vim.fn.readblob(draft.path('old.txt')), before .. '\xd2\xbb\n')
  vim.cmd('bdelete')
end

return M
