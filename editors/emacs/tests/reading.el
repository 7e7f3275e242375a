;;; reading.el --- what a writer sees: findings, outline, hover, pages of rules  -*- lexical-binding: t -*-

(defun sees-the-copy ()
  (let* ((found (wait-for "a finding" #'findings)) (finding (car found)))
    (holds "one finding" (= 1 (length found)) found)
    (holds "it is on line 59" (= 59 (line-number-at-pos (flymake-diagnostic-beg finding))))
    (holds "it is the whole line" (= (flymake-diagnostic-end finding)
                                     (progn (goto-char (flymake-diagnostic-beg finding)) (line-end-position))))
    (holds "its message is Chinese and names the other line"
           (string-match "第57行" (flymake-diagnostic-text finding)) (flymake-diagnostic-text finding))))

(defun sees-the-headings ()
  (let ((symbols (append (jsonrpc-request (eglot-current-server) :textDocument/documentSymbol
                                          (list :textDocument (eglot--TextDocumentIdentifier)))
                         nil)))
    (holds "the outline begins with the title" (equal "踔厉奋发启新程 凝心聚力谱新篇" (plist-get (car symbols) :name)) symbols))
  (holds "imenu has the headings" (string-match "聚焦民生实事" (format "%s" (eglot-imenu))))
  (let ((found (mapcar (lambda (match) (substring-no-properties (xref-item-summary match)))
                       (xref-backend-apropos 'eglot "民生实事"))))
    (holds "xref-find-apropos finds a heading by a part of it"
           (cl-some (lambda (summary) (string-match "聚焦民生实事 争做群众“暖心人”" summary)) found) found)))

(defun hovers ()
  (let (said)
    (to-figure "把“我为群众办实事”作为践行")
    (forward-line 2)
    (eglot-hover-eldoc-function (lambda (text &rest _) (when text (setq said text))))
    (wait-for "the hover" (lambda () said))
    (holds "eldoc says what to do" (and (string-match "怎么改" said) (string-match "第57行" said)) said)))

(defun reads-the-page-of-a-rule ()
  (hegao-rule "duplicates/paragraph")
  (holds "the page of the rule is shown"
         (with-current-buffer "*hegao duplicates/paragraph*"
           (string-match "^# duplicates/paragraph" (buffer-string)))))
;;; reading.el ends here
