-- Where the territory stands.
if not open() then return {'lost'} end
return answer('ok')
