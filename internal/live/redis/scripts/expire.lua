-- Ends the holds whose time has come.
if not open() then return {'lost'} end
local ended = sweep(tonumber(ARGV[4]))
return answer('ok', ended)
