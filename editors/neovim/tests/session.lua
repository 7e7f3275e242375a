-- A writer's session with seed 001, headless: nvim --headless -u init.lua -i NONE -l session.lua

local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/check.lua')
local is, holds, wait = check.is, check.holds, check.wait

local COPIED = '把“我为群众办实事”作为践行人民政协为人民的重要载体'
local draft = vim.env.HEGAO_WORKSPACE .. '/001.txt'

local function findings()
  return vim.diagnostic.get(vim.fn.bufnr(draft))
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(vim.fn.bufnr(draft), 0, -1, false), '\n')
end

local function copies_in(whole)
  return select(2, whole:gsub(vim.pesc(COPIED), ''))
end

local FIGURE = '16个具体问题'
-- Lines 9, 57 and 59 of seed 001 state it.
local FIGURE_LINES = { 9, 57, 59 }

--- Puts the cursor on the figure in a line, and gives its place as the cursor has it.
local function to_figure(line)
  local place = { line, vim.fn.getline(line):find(FIGURE, 1, true) - 1 }
  vim.api.nvim_win_set_cursor(0, place)
  return place
end

--- Takes back what was tried, all of it.
local function undo_to(before)
  while text() ~= before and vim.fn.undotree().seq_cur > 0 do
    vim.cmd('silent undo')
  end
  is('undo brings the text back', text() == before, true)
end

local function rules()
  return vim.tbl_map(function(finding)
    return finding.code
  end, findings())
end

local function client_of_draft()
  return vim.lsp.get_clients({ bufnr = vim.fn.bufnr(draft), name = 'hegao' })[1]
end

local function windows_in_diff()
  return vim.tbl_filter(function(window)
    return vim.wo[window].diff
  end, vim.api.nvim_tabpage_list_wins(0))
end

local function attaches()
  vim.cmd('edit ' .. draft)
  local client = wait('the server', function()
    local found = vim.lsp.get_clients({ bufnr = 0, name = 'hegao' })[1]
    return found and found.initialized and found
  end)
  holds('attached to Neovim ' .. tostring(vim.version()) .. ', ' .. client.offset_encoding, true)
end

local function finds_the_copy()
  wait('a finding', function()
    return #findings() > 0
  end)
  is('one finding', #findings(), 1)
  local finding = findings()[1]
  is('its rule', finding.code, 'duplicates/paragraph')
  is('its place is line 59, whole', { finding.lnum, finding.col }, { 58, 0 })
  is('its end is the line’s, in bytes', finding.end_col, #vim.fn.getline(59))
  holds('its message is Chinese and names the other line', finding.message:find('第57行'), finding.message)
  local related = vim.tbl_get(finding, 'user_data', 'lsp', 'relatedInformation', 1, 'location', 'range', 'start', 'line')
  is('it links to the other line', related, 56)
end

local function shows_the_outline()
  vim.cmd('HegaoOutline')
  local entries = vim.fn.getloclist(0)
  local heading = vim.tbl_filter(function(entry)
    return entry.text:find('聚焦民生实事 争做群众“暖心人”', 1, true)
  end, entries)[1]
  holds('the outline has the heading of line 49', heading and heading.lnum == 49, entries)
  holds('indented below the title, with its length', heading and heading.text:find('^  聚焦.*字'), heading)
  vim.cmd('lclose')
end

local function folds()
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

local function hovers()
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

local function selects()
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

local function finds_headings_across_the_folder()
  local answer = vim.lsp.get_clients({ name = 'hegao' })[1]
  local found
  local function take(_, result)
    found = result
  end
  if vim.fn.has('nvim-0.11') == 1 then
    answer:request('workspace/symbol', { query = '民生实事' }, take)
  else
    answer.request('workspace/symbol', { query = '民生实事' }, take)
  end
  wait('headings', function()
    return found
  end)
  is('a heading is found by a part of it', found[1].name, '聚焦民生实事 争做群众“暖心人”')
end

local function explains_the_rule()
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

local function compares()
  vim.cmd('HegaoCompare ' .. vim.env.HEGAO_WORKSPACE .. '/000.txt')
  is('one server serves both drafts', #vim.lsp.get_clients({ name = 'hegao' }), 1)
  is('two windows in diff mode', #windows_in_diff(), 2)
  is('the cursor stays in the draft', vim.fn.expand('%:t'), '001.txt')
  is('long lines are wrapped', vim.wo.wrap, true)
  vim.cmd('wincmd p | close | diffoff!')

  local finding = findings()[1].user_data.lsp
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

local function tables_the_figures()
  local before = text()
  vim.cmd('9s/16个具体问题/18个具体问题/')
  wait('the conflict', function()
    return vim.tbl_contains(rules(), 'figures/conflict')
  end)
  local conflict = vim.tbl_filter(function(finding)
    return finding.code == 'figures/conflict'
  end, findings())[1]
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
  undo_to(before)
  wait('no conflict', function()
    return not vim.tbl_contains(rules(), 'figures/conflict')
  end)
end

local function refers()
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

local function renames()
  local before = text()
  to_figure(57)
  vim.lsp.buf.rename('18')
  wait('the new figure', function()
    return text() ~= before
  end)
  is('a rename sets the figure in every line', text(), (before:gsub(FIGURE, '18个具体问题')))
  undo_to(before)
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

local function shows_lenses()
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

local function completes()
  local before = text()
  vim.fn.append('$', '牢牢把握团。')
  local last = vim.fn.line('$')
  vim.api.nvim_win_set_cursor(0, { last, #'牢牢把握团' })
  local answer
  local params = vim.lsp.util.make_position_params(0, client_of_draft().offset_encoding)
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
  vim.lsp.util.apply_text_edits({ phrase.textEdit }, vim.api.nvim_get_current_buf(), client_of_draft().offset_encoding)
  is('what was typed is replaced by it', vim.fn.getline(last), '牢牢把握团结和民主两大主题。')
  undo_to(before)
end

local function takes_the_copy_out()
  vim.api.nvim_win_set_cursor(0, { 59, 6 })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('^删去这一段') ~= nil
    end,
  })
  wait('the fix', function()
    return copies_in(text()) == 1
  end)
  wait('no finding', function()
    return #findings() == 0
  end)
  holds('the finding is gone', true)
  vim.cmd('silent write')
  local saved = table.concat(vim.fn.readfile(draft), '\n')
  is('the saved file has the paragraph once', copies_in(saved), 1)
  holds('and the paragraphs around it', saved:find('平罗县政协在星海社区开展“平事好商量”协商', 1, true))
end

local function checks_health()
  vim.cmd('checkhealth hegao')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  holds('checkhealth names the program and the draft', report:find('hegao %d') and report:find('检查 %d 篇稿件'), report)
  holds('checkhealth finds no fault', not report:find('ERROR') and not report:find('WARNING'), report)
end

local function stops()
  local client = vim.lsp.get_clients({ name = 'hegao' })[1]
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop()
  else
    client.stop()
  end
  wait('the end of the server', function()
    return #vim.lsp.get_clients({ name = 'hegao' }) == 0
  end)
  holds('the server ends', true)
end

check.run(function()
  attaches()
  finds_the_copy()
  shows_the_outline()
  folds()
  hovers()
  selects()
  finds_headings_across_the_folder()
  explains_the_rule()
  compares()
  shows_lenses()
  tables_the_figures()
  refers()
  renames()
  completes()
  takes_the_copy_out()
  checks_health()
  stops()
end)
