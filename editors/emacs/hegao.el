;;; hegao.el --- hegao 核稿: checks drafts of Chinese work reports, through eglot  -*- lexical-binding: t -*-

;; (require 'hegao)
;; (add-hook 'text-mode-hook #'eglot-ensure)   ; markdown-mode is a text-mode too
;; What is safe to fix is fixed before a draft is saved, for who wants it:
;; (add-hook 'before-save-hook #'hegao-fix-all)
;; Settings are eglot's:
;; (setq-default eglot-workspace-configuration '(:hegao (:rules (:paragraphs "off"))))

(require 'eglot)

(defvar hegao-program "hegao" "The program, if it is not on the PATH.")
(defvar hegao-language "zh" "Language of messages: who writes Chinese reports reads Chinese.")

(add-to-list 'eglot-server-programs
             (cons '(markdown-mode text-mode)
                   (lambda (&rest _)
                     (list hegao-program "lsp" :initializationOptions (list :language hegao-language)))))

(defun hegao-rule (name)
  "Show the page of the rule NAME; by default, of the finding at point."
  (interactive
   (let* ((here (flymake-diagnostics (point)))
          (text (if here (flymake-diagnostic-text (car here)) ""))
          (found (and (string-match "[a-z]+/[a-z]+" text) (match-string 0 text))))
     (list (read-string "规则: " found))))
  (let ((page (jsonrpc-request (eglot-current-server) :hegao/rule (list :name name))))
    (with-help-window (format "*hegao %s*" name)
      (princ (plist-get page :markdown)))))

;; Without anything to fix eglot signals an error, and so does a server that has died: neither must keep a file from
;; being saved. Other servers than ours are left alone.
(defun hegao-fix-all ()
  "Fix all that is safe to fix in this draft."
  (interactive)
  (let ((kind "source.fixAll.hegao"))
    (when (and (eglot-managed-p) (derived-mode-p 'text-mode))
      (with-demoted-errors "hegao: %S"
        (when (eglot-code-actions (point-min) (point-max) kind)
          (eglot-code-actions (point-min) (point-max) kind t))))))

(provide 'hegao)
;;; hegao.el ends here
