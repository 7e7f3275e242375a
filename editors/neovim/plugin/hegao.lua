-- The commands, and word to the server of what configures it. Nothing else of the plugin is loaded before that.
if vim.g.loaded_hegao then
  return
end
vim.g.loaded_hegao = true

local command = vim.api.nvim_create_user_command

command('HegaoFigures', function()
  require('hegao.figures').open()
end, { desc = '数据表：<CR> 跳到稿中，q 关闭' })

command('HegaoCompare', function(call)
  require('hegao.compare').report(call.args)
end, { nargs = 1, complete = 'file', desc = '与另一篇报告对照' })

command('HegaoOutline', function()
  require('hegao.outline').open()
end, { desc = '稿件大纲' })

command('HegaoRule', function(call)
  require('hegao.rule').open(call.args)
end, {
  nargs = '?',
  complete = function(typed)
    return require('hegao.rule').complete(typed)
  end,
  desc = '规则说明；不写名称则为光标处的问题所属的规则',
})

vim.api.nvim_create_autocmd('BufWritePost', {
  group = vim.api.nvim_create_augroup('hegao-files', {}),
  pattern = { '*.toml', 'hegao-baseline.txt' },
  callback = function(event)
    require('hegao.client').written(vim.fn.fnamemodify(event.match, ':p'))
  end,
})
