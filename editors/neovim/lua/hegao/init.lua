-- hegao 核稿 for Neovim: starts the server and, where wanted, the code lens and the fixes on save.

local M = {}

---@class hegao.Options
---@field cmd? string[] the server, { 'hegao', 'lsp' } if nothing else is said
---@field filetypes? string[]
---@field settings? table e.g. { hegao = { language = 'en', rules = { paragraphs = 'off' } } }
---@field codelens? boolean a line over each repeated paragraph that opens the other one beside it
---@field fix_on_save? boolean what is safe to fix is fixed before a draft is saved

--- The table of lsp/hegao.lua, whichever Neovim reads it.
local function defaults()
  local file = debug.getinfo(1, 'S').source:sub(2)
  return dofile(vim.fs.joinpath(vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(file))), 'lsp', 'hegao.lua'))
end

--- In UTF-16, 0.10 takes a cursor far in a line of Chinese for one at its end: it compares bytes with characters. So
--- positions are in bytes, as 0.11 and newer ask for by themselves.
local function capabilities_in_bytes(own)
  local bytes = { general = { positionEncodings = { 'utf-8', 'utf-16' } } }
  return vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), own or {}, bytes)
end

--- Neovim 0.10 has no table of configurations: the server is started for each draft, and shared by those of one root.
local function start_on_filetype(config)
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('hegao', {}),
    pattern = config.filetypes,
    callback = function(event)
      if vim.bo[event.buf].buftype ~= '' then
        return
      end
      local root = vim.fs.root(event.buf, config.root_markers)
      local own = vim.tbl_extend('force', config, { name = 'hegao', root_dir = root })
      local function is_same(client)
        -- 0.10 by itself would start a server for each draft without a project.
        return client.name == 'hegao' and client.config.root_dir == root
      end
      vim.lsp.start(own, { bufnr = event.buf, reuse_client = is_same })
    end,
  })
end

---@param options? hegao.Options
function M.setup(options)
  options = options or {}
  local config = vim.deepcopy(options)
  config.codelens, config.fix_on_save = nil, nil
  if options.codelens then
    require('hegao.lenses').enable()
  end
  if options.fix_on_save then
    require('hegao.fixes').enable()
  end
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config('hegao', config)
    vim.lsp.enable('hegao')
  else
    config.capabilities = capabilities_in_bytes(config.capabilities)
    start_on_filetype(vim.tbl_deep_extend('force', defaults(), config))
  end
end

return M
