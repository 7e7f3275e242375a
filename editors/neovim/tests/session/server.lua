-- The server: it starts with a draft, is healthy, and ends.

local check = require('check')
local draft = require('session.draft')
local holds, wait = check.holds, check.wait
local M = {}

function M.attaches()
  draft.open('001.txt')
  holds('attached to Neovim ' .. tostring(vim.version()) .. ', ' .. draft.client().offset_encoding, true)
end

function M.checks_health()
  vim.cmd('checkhealth hegao')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  holds('checkhealth names the program and the draft', report:find('hegao %d') and report:find('检查 %d 篇稿件'), report)
  holds('checkhealth finds no fault', not report:find('ERROR') and not report:find('WARNING'), report)
end

function M.stops()
  draft.call(vim.lsp.get_clients({ name = 'hegao' })[1], 'stop')
  wait('the end of the server', function()
    return #vim.lsp.get_clients({ name = 'hegao' }) == 0
  end)
  holds('the server ends', true)
end

return M
