-- Settings: what the editor says, and hegao.toml, which wins.

local check = require('check')
local draft = require('session.draft')
local is, holds, wait = check.is, check.holds, check.wait
local M = {}

local HINT, ERROR = vim.diagnostic.severity.HINT, vim.diagnostic.severity.ERROR

--- Waits until the one finding of a draft weighs as much.
local function wait_for_severity(buffer, due)
  return wait('a finding of severity ' .. due, function()
    local found = draft.findings(buffer)
    return #found == 1 and found[1].severity == due and found[1]
  end)
end

function M.takes_hegao_toml_anew()
  local buffer = draft.open('twice.txt')
  wait_for_severity(buffer, ERROR)
  vim.cmd('split ' .. draft.path('hegao.toml'))
  vim.fn.setline(1, { '[rules]', '"duplicates/paragraph" = "hint"' })
  vim.cmd('silent write')
  wait_for_severity(buffer, HINT)
  holds('hegao.toml is taken when it is written in Neovim', true)
  vim.fn.setline(2, '')
  vim.cmd('silent write | bdelete')
  wait_for_severity(buffer, ERROR)
  holds('and anew when it is written again', true)
  vim.fn.delete(draft.path('hegao.toml'))
end

function M.takes_new_settings()
  local buffer = draft.open('twice.txt')
  local client = draft.client(buffer)
  client.settings = vim.tbl_deep_extend('force', client.settings, { hegao = { rules = { duplicates = 'off' } } })
  draft.call(client, 'notify', 'workspace/didChangeConfiguration', { settings = client.settings })
  draft.wait_for_findings(buffer, 0)
  holds('a rule that the settings turn off is silent', true)
  client.settings.hegao.rules.duplicates = 'hint'
  draft.call(client, 'notify', 'workspace/didChangeConfiguration', { settings = client.settings })
  wait_for_severity(buffer, HINT)
  holds('and speaks again, as gently as they say', true)
  client.settings.hegao.rules = nil
  draft.call(client, 'notify', 'workspace/didChangeConfiguration', { settings = client.settings })
  wait_for_severity(buffer, ERROR)
end

--- After the server has ended, as a new session would begin.
function M.begins_with_settings()
  require('hegao').setup({
    cmd = { vim.env.HEGAO_SERVER, 'lsp' },
    settings = { hegao = { language = 'en', rules = { duplicates = 'hint' } } },
  })
  local finding = wait_for_severity(draft.open('twice.txt'), HINT)
  holds('a session begins with the settings of setup()', finding.message:find('line 1'), finding.message)
  is('it is the same finding', finding.code, 'duplicates/paragraph')
end

return M
