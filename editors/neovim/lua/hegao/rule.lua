-- :HegaoRule: the page of a rule; without a name, of the rule whose finding is under the cursor.

local client = require('hegao.client')
local M = {}

--- The rule of the finding under the cursor, or of the first on the line.
local function under_cursor()
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local first
  for _, finding in ipairs(vim.diagnostic.get(0, { lnum = line - 1 })) do
    if finding.source == 'hegao' and finding.code then
      first = first or finding.code
      if finding.col <= column and column <= finding.end_col then
        return finding.code
      end
    end
  end
  return first
end

function M.open(name)
  if name == nil or name == '' then
    name = under_cursor()
  end
  if not name then
    client.tell('光标所在行没有问题；请写规则名，例如 :HegaoRule duplicates/paragraph')
    return
  end
  local answer = client.request(vim.api.nvim_get_current_buf(), 'hegao/rule', { name = name })
  if not answer then
    return
  end
  local buffer = client.scratch('hegao://rule/' .. name, vim.split(answer.markdown, '\n'), 'markdown')
  vim.cmd('split')
  vim.api.nvim_win_set_buf(0, buffer)
  vim.wo.wrap = true
  vim.wo.conceallevel = 2
end

--- Names for completion, from the program itself.
function M.complete(typed)
  local owner = vim.lsp.get_clients({ name = 'hegao' })[1]
  local program = owner and owner.config.cmd[1] or 'hegao'
  local ran, listed = pcall(vim.fn.systemlist, { program, 'rule' })
  if not ran or vim.v.shell_error ~= 0 then
    return {}
  end
  local names = vim.tbl_map(function(line)
    return line:match('^%S+')
  end, listed)
  return vim.tbl_filter(function(name)
    return name and vim.startswith(name, typed)
  end, names)
end

return M
