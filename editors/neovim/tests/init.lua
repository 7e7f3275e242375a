-- A writer's configuration for the tests: the plugin, and the server that HEGAO_SERVER names.
vim.o.swapfile = false
vim.opt.runtimepath:prepend(vim.env.HEGAO_PLUGIN)
vim.cmd('filetype plugin on')
local cmd = { vim.env.HEGAO_SERVER, 'lsp' }
if vim.env.HEGAO_TWO_LINES then
  -- What doc/hegao.txt says for 0.11; the program is on the PATH.
  vim.lsp.enable('hegao')
else
  require('hegao').setup({ cmd = cmd, codelens = true })
end
vim.keymap.set('n', 'ga', vim.lsp.buf.code_action)
vim.diagnostic.config({ virtual_text = true, signs = true })
