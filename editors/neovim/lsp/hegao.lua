-- hegao 核稿: checks drafts of Chinese work reports. Neovim 0.11 and newer read this file for `vim.lsp.enable('hegao')`;
-- `require('hegao').setup()` uses the same table on 0.10.
return {
  cmd = { 'hegao', 'lsp' },
  filetypes = { 'markdown', 'text' },
  root_markers = { 'hegao.toml', '.git' },
  -- Who writes Chinese reports reads Chinese, whatever LANG says. A hegao.toml may say otherwise.
  settings = { hegao = { language = 'zh' } },
  before_init = function(params, config)
    local language = vim.tbl_get(config, 'settings', 'hegao', 'language')
    params.locale = params.locale or language
  end,
  -- The server offers a lens over each copied paragraph to clients that run its command.
  init_options = { compare = true },
  commands = {
    ['hegao.compare'] = function(command)
      require('hegao.compare').stretches(command.arguments[1])
    end,
  },
}
