-- The two lines of the manual are enough: the plugin on the runtime path, and vim.lsp.enable.

local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/check.lua')

check.run(function()
  vim.cmd('edit ' .. vim.env.HEGAO_WORKSPACE .. '/001.txt')
  local found = check.wait('a finding', function()
    local findings = vim.diagnostic.get(0)
    return #findings > 0 and findings
  end)
  check.is('two lines of Lua give the finding of line 59', found[1].lnum, 58)
  check.holds('and the commands', vim.fn.exists(':HegaoFigures') == 2)
end)
