;;; hegao.el --- hegao 核稿 for eglot  -*- lexical-binding: t -*-
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((markdown-mode text-mode) "hegao" "lsp")))
(provide 'hegao)
;;; hegao.el ends here
