;;; figures.el --- the places that state a figure  -*- lexical-binding: t -*-

(defun lines-of-references ()
  (let ((xref-prompt-for-identifier nil))
    (xref-find-references (xref-backend-identifier-at-point 'eglot)))
  (with-current-buffer "*xref*"
    (let (lines)
      (goto-char (point-min))
      (while (re-search-forward "^ *\\([0-9]+\\):" nil t)
        (push (string-to-number (match-string 1)) lines))
      (nreverse lines))))

(defun refers ()
  (to-figure "16个具体问题")
  (let ((lines (save-window-excursion (lines-of-references))))
    (holds "references are the lines that state the figure" (equal '(9 57 59) lines) lines)))

(defun goes-to-the-definition ()
  (to-figure "16个具体问题")
  (let ((due (point)))
    (search-forward "16个具体问题" nil nil 2)
    (goto-char (match-beginning 0))
    (holds "point is on the figure of line 57" (= 57 (line-number-at-pos)) (line-number-at-pos))
    (xref-find-definitions (xref-backend-identifier-at-point 'eglot))
    (holds "the definition of a figure is where it stands first" (= due (point)) (line-number-at-pos))))

(defun highlights ()
  (to-figure "16个具体问题")
  (let ((places (lambda ()
                  (sort (cl-loop for overlay in (overlays-in (point-min) (point-max))
                                 when (eq (overlay-get overlay 'face) 'eglot-highlight-symbol-face)
                                 collect (line-number-at-pos (overlay-start overlay)))
                        #'<))))
    (eglot-hover-eldoc-function #'ignore) ; eldoc asks for both
    (wait-for "highlights" places)
    (holds "a figure is highlighted wherever it stands" (equal '(9 57 59) (funcall places)) (funcall places))))

(defun renames ()
  (to-figure "16个具体问题")
  (let ((before (buffer-string)))
    (eglot-rename "18")
    (holds "a rename sets the figure in every line"
           (equal (replace-regexp-in-string "16个具体问题" "18个具体问题" before) (buffer-string)))
    (to-figure "18个具体问题")
    (eglot--signal-textDocument/didChange)
    (eglot-rename "16")
    (holds "and another one sets it back" (equal before (buffer-string)))))
;;; figures.el ends here
