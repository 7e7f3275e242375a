;;; claims.el --- claims about a session, one line each, and what they look at  -*- lexical-binding: t -*-

(require 'cl-lib)
(require 'hegao)

(defvar failed 0)
(defun holds (name condition &optional found)
  (princ (format "%s %s%s\n" (if condition "ok   " "FAIL ") name
                 (if (or condition (not found)) "" (format "\n      found %S" found))))
  (unless condition (cl-incf failed)))

;; In batch nobody reads events, and the changes of watched files are events.
(defun wait-for (what condition)
  (let ((end (+ (float-time) 40)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.05)
      (read-event nil nil 0.01))
    (or value (error "waited in vain for %s" what))))

(defun draft (name) (expand-file-name name (getenv "HEGAO_WORKSPACE")))

(defun bytes-of (name)
  (with-temp-buffer
    (set-buffer-multibyte nil)
    (insert-file-contents-literally (draft name))
    (buffer-string)))

(defun copies ()
  (how-many "把“我为群众办实事”作为践行" (point-min) (point-max)))

;; In batch nobody is ever idle, which is when eglot says what has changed. And when an answer and a message come together,
;; 28 leaves the message unread until the server says something more: so it is asked for something.
(defun findings ()
  (eglot--signal-textDocument/didChange)
  (jsonrpc-request (eglot-current-server) :textDocument/documentSymbol (list :textDocument (eglot--TextDocumentIdentifier)))
  (flymake-start)
  (flymake-diagnostics))

(defun wait-for-findings (count)
  (wait-for (format "%d findings" count) (lambda () (= count (length (findings)))))
  (findings))

;; Opens a draft of the workspace that the server then checks; 28 has to be told.
(defun open-draft (name)
  (find-file (draft name))
  (unless (eglot-managed-p) (eglot--maybe-activate-editing-mode))
  (flymake-mode 1))

;; Point on the first figure of this text.
(defun to-figure (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun action (title)
  (cl-find-if (lambda (action) (string-prefix-p title (plist-get action :title)))
              (eglot-code-actions (point) (point) nil nil)))

;; As eglot does what is chosen from its menu; 28 does that in the midst of its menu.
(defun act (action)
  (if (fboundp 'eglot-execute)
      (eglot-execute (eglot-current-server) action)
    (let ((edit (plist-get action :edit)) (command (plist-get action :command)))
      (when edit (eglot--apply-workspace-edit edit))
      (when command
        (eglot-execute-command (eglot-current-server) (intern (plist-get command :command)) (plist-get command :arguments))))))
;;; claims.el ends here
