-- Says whether the territory needs a rebuild that nobody is at.
if not continuous() then return {'lost'} end
if not ready and not tended(tonumber(ARGV[4])) then return {'lost'} end
return answer('ok')
