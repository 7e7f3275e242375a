-- :checkhealth hegao

local M = {}

function M.check()
  local health = vim.health
  health.start('核稿 hegao')
  if vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
  else
    health.error('Neovim ' .. tostring(vim.version()) .. '，需要 0.10 或更新的版本')
  end

  local clients = vim.lsp.get_clients({ name = 'hegao' })
  local program = clients[1] and clients[1].config.cmd[1] or 'hegao'
  if vim.fn.executable(program) == 1 then
    local version = vim.trim(vim.fn.system({ program, '--version' }))
    health.ok(('%s：%s'):format(version, vim.fn.exepath(program)))
  else
    health.error('找不到程序 ' .. program, {
      '把 hegao 放进 PATH，或者 require("hegao").setup({ cmd = { "/…/hegao", "lsp" } })',
    })
  end

  if #clients == 0 then
    health.info('没有打开的稿件（markdown、text）')
  end
  for _, client in ipairs(clients) do
    local root = client.config.root_dir or '（无项目文件夹）'
    health.ok(('正在检查 %d 篇稿件，%s，%s'):format(vim.tbl_count(client.attached_buffers), root, client.offset_encoding))
  end
end

return M
