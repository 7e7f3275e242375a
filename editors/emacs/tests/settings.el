;;; settings.el --- settings, hegao.toml, what is intended, closing  -*- lexical-binding: t -*-

;; What the server last said of each draft: flymake forgets the findings of a buffer that is killed by itself.
(defvar published (make-hash-table :test #'equal))
(cl-defmethod eglot-handle-notification :before
  (_server (_method (eql textDocument/publishDiagnostics)) &key uri diagnostics &allow-other-keys)
  (puthash (file-name-nondirectory uri) (length diagnostics) published))

(defun wait-for-kind (kind)
  (wait-for (format "a finding that is a %s" kind)
            (lambda ()
              (let ((found (findings)))
                (and (= 1 (length found)) (eq kind (flymake-diagnostic-type (car found))))))))

(defun takes-hegao-toml-anew ()
  (open-draft "twice.txt")
  (wait-for-kind 'eglot-error)
  (write-region "[rules]\n\"duplicates/paragraph\" = \"hint\"\n" nil (draft "hegao.toml"))
  (wait-for-kind 'eglot-note)
  (holds "hegao.toml is taken when it appears" t)
  (delete-file (draft "hegao.toml"))
  (wait-for-kind 'eglot-error)
  (holds "and is forgotten when it goes" t))

(defun takes-settings ()
  (setq-default eglot-workspace-configuration '(:hegao (:language "en" :rules (:duplicates "hint"))))
  (eglot-signal-didChangeConfiguration (eglot-current-server))
  (wait-for-kind 'eglot-note)
  (let ((said (flymake-diagnostic-text (car (findings)))))
    (holds "settings weigh a rule and name the language" (string-match "line 1" said) said))
  (setq-default eglot-workspace-configuration '(:hegao (:language "zh")))
  (eglot-signal-didChangeConfiguration (eglot-current-server))
  (wait-for-kind 'eglot-error)
  (let ((said (flymake-diagnostic-text (car (findings)))))
    (holds "and others take their place" (string-match "第1行" said) said)))

(defun accepts ()
  (goto-char (flymake-diagnostic-beg (car (wait-for-findings 1))))
  (act (action "有意如此"))
  (wait-for-findings 0)
  (holds "a finding that is intended goes" t)
  (let ((list (bytes-of "hegao-baseline.txt")))
    (holds "and is written down in hegao-baseline.txt" (string-match "[0-9a-f]+ duplicates/paragraph" list) list))
  (delete-file (draft "hegao-baseline.txt"))
  (wait-for-findings 1)
  (holds "without the list it comes back" t))

(defun goes-with-the-draft ()
  (holds "the server has told the finding of the open draft" (equal 1 (gethash "twice.txt" published)))
  (kill-buffer)
  (wait-for "the finding to be taken back" (lambda () (equal 0 (gethash "twice.txt" published))))
  (holds "the finding goes when its draft is closed" t))
;;; settings.el ends here
