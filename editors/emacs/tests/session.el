;;; session.el --- a writer's session with seed 001: emacs --batch -l session.el  -*- lexical-binding: t -*-

;; This is the order of what the writer does; the claims stand in the files beside it.

(require 'package)
(package-initialize)
(require 'flymake)
(add-to-list 'load-path (getenv "HEGAO_PLUGIN"))
(require 'hegao)
(dolist (part '("claims" "reading" "figures" "writing" "settings"))
  (load (expand-file-name part (file-name-directory load-file-name)) nil t))
(setq hegao-program (getenv "HEGAO_SERVER")
      eglot-connect-timeout 40 eglot-sync-connect 40 make-backup-files nil create-lockfiles nil
      eglot-confirm-server-initiated-edits nil eglot-confirm-server-edits nil)

(defun attaches ()
  (find-file (draft "001.txt"))
  (apply #'eglot--connect (eglot--guess-contact))
  (wait-for "the server" #'eglot-current-server)
  (eglot--maybe-activate-editing-mode)
  (holds (format "attached to Emacs %s in %s" emacs-version major-mode) (eglot-current-server))
  (flymake-mode 1))

(defun session ()
  (attaches)
  (sees-the-copy)
  (sees-the-headings)
  (hovers)
  (reads-the-page-of-a-rule)
  (refers)
  (goes-to-the-definition)
  (highlights)
  (renames)
  (completes)
  (takes-the-copy-out)
  (takes-hegao-toml-anew)
  (takes-settings)
  (accepts)
  (goes-with-the-draft)
  (keeps-an-old-encoding)
  (mends-on-save)
  (find-file (draft "001.txt"))
  (eglot-shutdown (eglot-current-server) nil 10)
  (holds "the server ends" (null (eglot-current-server))))

(condition-case trouble (session)
  (error (holds "no error" nil trouble)))
(kill-emacs (if (= failed 0) 0 1))
;;; session.el ends here
