-- The draft of the session, and the others that are opened beside it, as the parts of the session look at them.

local check = require('check')
local M = {}

local COPIED = '把“我为群众办实事”作为践行人民政协为人民的重要载体'

function M.path(name)
  return vim.env.HEGAO_WORKSPACE .. '/' .. name
end

M.file = M.path('001.txt')

function M.buffer()
  return vim.fn.bufnr(M.file)
end

--- Opens a draft of the workspace, and gives its buffer once the server has it.
function M.open(name)
  vim.cmd('edit ' .. M.path(name))
  check.wait('the server', function()
    local client = M.client(0)
    return client and client.initialized
  end)
  return vim.api.nvim_get_current_buf()
end

function M.client(buffer)
  return vim.lsp.get_clients({ bufnr = buffer or M.buffer(), name = 'hegao' })[1]
end

--- A method of a client: 0.11 made methods of what were functions.
function M.call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

function M.findings(buffer)
  return vim.diagnostic.get(buffer or M.buffer())
end

function M.rules(buffer)
  return vim.tbl_map(function(finding)
    return finding.code
  end, M.findings(buffer))
end

--- Waits for so many findings, and gives them.
function M.wait_for_findings(buffer, due)
  return check.wait(('%d findings'):format(due), function()
    local found = M.findings(buffer)
    return #found == due and found
  end)
end

function M.text()
  return table.concat(vim.api.nvim_buf_get_lines(M.buffer(), 0, -1, false), '\n')
end

--- How often the repeated paragraph stands in a text.
function M.copies_in(whole)
  return select(2, whole:gsub(vim.pesc(COPIED), ''))
end

--- Does the quick fix at the cursor whose title matches.
function M.act(pattern)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find(pattern) ~= nil
    end,
  })
end

--- Takes back what was tried, all of it.
function M.undo_to(before)
  while M.text() ~= before and vim.fn.undotree().seq_cur > 0 do
    vim.cmd('silent undo')
  end
  check.is('undo brings the text back', M.text() == before, true)
end

return M
