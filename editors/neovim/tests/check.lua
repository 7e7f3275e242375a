-- Claims about a session, one line each; `finish` ends Neovim with the verdict.

local M = { failed = 0 }

local PATIENCE = 40000

function M.say(line)
  io.stdout:write(line .. '\n')
end

--- Fails unless `found` is what is due.
function M.is(name, found, due)
  if vim.deep_equal(found, due) then
    M.say('ok    ' .. name)
  else
    M.failed = M.failed + 1
    M.say(('FAIL  %s\n      found %s\n      due   %s'):format(name, vim.inspect(found), vim.inspect(due)))
  end
end

function M.holds(name, condition, found)
  if condition then
    M.say('ok    ' .. name)
  else
    M.failed = M.failed + 1
    M.say(('FAIL  %s\n      found %s'):format(name, vim.inspect(found)))
  end
end

--- Waits until `condition` gives something, and gives that.
function M.wait(what, condition)
  local value
  vim.wait(PATIENCE, function()
    value = condition()
    return value and true or false
  end, 20)
  if not value then
    error('waited in vain for ' .. what, 2)
  end
  return value
end

--- Runs the claims and ends Neovim; an error in them is a failure.
function M.run(claims)
  local ran, trouble = xpcall(claims, debug.traceback)
  if not ran then
    M.failed = M.failed + 1
    M.say('FAIL  ' .. trouble)
  end
  vim.cmd(M.failed == 0 and 'qall!' or 'cquit 1')
end

return M
