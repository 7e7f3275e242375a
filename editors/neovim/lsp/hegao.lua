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
  -- When settings change or a finding is accepted, the open drafts are asked for anew; 0.10 and 0.11 do not know how, and
  -- 0.12 asks for the whole folder.
  capabilities = { workspace = { diagnostics = { refreshSupport = true } } },
  handlers = {
    ['workspace/diagnostic/refresh'] = function(_, _, context)
      require('hegao.client').pull_again(vim.lsp.get_client_by_id(context.client_id))
      return vim.NIL
    end,
  },
  commands = {
    ['hegao.compare'] = function(command)
      require('hegao.compare').stretches(command.arguments[1])
    end,
  },
}
