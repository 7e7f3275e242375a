-- hegao 核稿: checks drafts of Chinese work reports.
return {
  cmd = { 'hegao', 'lsp' },
  filetypes = { 'markdown', 'text' },
  root_markers = { 'hegao.toml', '.git' },
}
