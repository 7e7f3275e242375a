;;; session.el --- a writer's session with seed 001: emacs --batch -l session.el  -*- lexical-binding: t -*-

(require 'package)
(package-initialize)
(require 'cl-lib)
(require 'flymake)
(add-to-list 'load-path (getenv "HEGAO_PLUGIN"))
(require 'hegao)
(setq hegao-program (getenv "HEGAO_SERVER")
      eglot-connect-timeout 30 eglot-sync-connect 30 make-backup-files nil
      eglot-confirm-server-initiated-edits nil eglot-confirm-server-edits nil)

(defvar failed 0)
(defun holds (name condition &optional found)
  (princ (format "%s %s%s\n" (if condition "ok   " "FAIL ") name
                 (if (or condition (not found)) "" (format "\n      found %S" found))))
  (unless condition (cl-incf failed)))

(defun wait-for (what condition)
  (let ((end (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or value (error "waited in vain for %s" what))))

(defun copies ()
  (how-many "把“我为群众办实事”作为践行" (point-min) (point-max)))

;; In batch nobody is ever idle, which is when eglot says what has changed.
(defun findings ()
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (flymake-diagnostics))

;; Point on the first figure of this text.
(defun to-figure (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun lines-of-references ()
  (let ((xref-prompt-for-identifier nil))
    (xref-find-references (xref-backend-identifier-at-point 'eglot)))
  (with-current-buffer "*xref*"
    (let (lines)
      (goto-char (point-min))
      (while (re-search-forward "^ *\\([0-9]+\\):" nil t)
        (push (string-to-number (match-string 1)) lines))
      (nreverse lines))))

(defun session ()
  (find-file (getenv "HEGAO_DRAFT"))
  (apply #'eglot--connect (eglot--guess-contact))
  (wait-for "the server" #'eglot-current-server)
  (eglot--maybe-activate-editing-mode)
  (holds (format "attached to Emacs %s in %s" emacs-version major-mode) (eglot-current-server))
  (flymake-mode 1)

  (let* ((found (wait-for "a finding" #'findings)) (finding (car found)))
    (holds "one finding" (= 1 (length found)) found)
    (holds "it is on line 59" (= 59 (line-number-at-pos (flymake-diagnostic-beg finding))))
    (holds "it is the whole line" (= (flymake-diagnostic-end finding)
                                     (progn (goto-char (flymake-diagnostic-beg finding)) (line-end-position))))
    (holds "its message is Chinese and names the other line"
           (string-match "第57行" (flymake-diagnostic-text finding)) (flymake-diagnostic-text finding)))

  (let ((symbols (append (jsonrpc-request (eglot-current-server) :textDocument/documentSymbol
                                          (list :textDocument (eglot--TextDocumentIdentifier)))
                         nil)))
    (holds "the outline begins with the title" (equal "踔厉奋发启新程 凝心聚力谱新篇" (plist-get (car symbols) :name)) symbols))
  (holds "imenu has the headings" (string-match "聚焦民生实事" (format "%s" (eglot-imenu))))

  (hegao-rule "duplicates/paragraph")
  (holds "the page of the rule is shown"
         (with-current-buffer "*hegao duplicates/paragraph*"
           (string-match "^# duplicates/paragraph" (buffer-string))))

  (to-figure "16个具体问题")
  (let ((lines (save-window-excursion (lines-of-references))))
    (holds "references are the lines that state the figure" (equal '(9 57 59) lines) lines))
  (let ((before (buffer-string)))
    (eglot-rename "18")
    (holds "a rename sets the figure in every line"
           (equal (replace-regexp-in-string "16个具体问题" "18个具体问题" before) (buffer-string)))
    (to-figure "18个具体问题")
    (eglot--signal-textDocument/didChange)
    (eglot-rename "16")
    (holds "and another one sets it back" (equal before (buffer-string))))

  (goto-char (point-min))
  (forward-line 58)
  (let* ((actions (eglot-code-actions (point) (point) nil nil))
         (fix (cl-find-if (lambda (action) (string-prefix-p "删去这一段" (plist-get action :title))) actions)))
    (holds "a fix is offered" fix actions)
    (if (fboundp 'eglot-execute)
        (eglot-execute (eglot-current-server) fix)
      (eglot--apply-workspace-edit (plist-get fix :edit))))
  (holds "the copy is gone" (= 1 (copies)) (copies))
  (wait-for "no finding" (lambda () (null (findings))))
  (holds "and the finding" t)
  (save-buffer)
  (with-temp-buffer
    (insert-file-contents (getenv "HEGAO_DRAFT"))
    (holds "the saved file has the paragraph once" (= 1 (copies)) (copies)))
  (eglot-shutdown (eglot-current-server) nil 10)
  (holds "the server ends" (null (eglot-current-server))))

(condition-case trouble (session)
  (error (holds "no error" nil trouble)))
(kill-emacs (if (= failed 0) 0 1))
;;; session.el ends here
