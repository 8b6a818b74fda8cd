-- What imapfilter does in ImapfilterIT. Environment: PORT, ACCOUNT, FOLDER with 1.eml 2.eml 3.eml.
options.timeout = 60
options.subscribe = true
options.create = true
options.info = false

local folder = os.getenv('FOLDER')
local account = IMAP { server = '127.0.0.1', port = tonumber(os.getenv('PORT')), username = os.getenv('ACCOUNT'), password = 'demo' }

local function content(name)
  local file = assert(io.open(folder .. '/' .. name, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

for n = 1, 3 do
  assert(account.INBOX:append_message(content(n .. '.eml'), n == 2 and { '\\Flagged' } or {}))
end
local all, unseen = account.INBOX:check_status()
print('status', all, unseen)

-- It idles while another program delivers, and goes on when it is told. The mailbox is selected before.
account.INBOX:is_seen()
local file = assert(io.open(folder .. '/idles', 'w'))
file:close()
local told, event = account.INBOX:enter_idle()
print('told', told, event)
print('status', (account.INBOX:check_status()))

local moved = account.INBOX:contain_subject('second') * account.INBOX:is_unanswered()
print('second', #moved)
print('in both', #(account.INBOX:contain_body('hello') + account.INBOX:is_flagged()))
moved:add_flags({ 'todo', '\\Seen' })
moved:move_messages(account['Archive/second'])
for _, message in ipairs(account.INBOX:is_smaller(1000000)) do
  local mailbox, uid = message[1], message[2]
  local out = assert(io.open(folder .. '/' .. string.format('%d', uid) .. '.out', 'wb'))
  out:write(mailbox[uid]:fetch_message())
  out:close()
  print('fetched', string.format('%d', uid), mailbox[uid]:fetch_field('Subject'))
end
account.INBOX:contain_subject('late'):delete_messages()
local mailboxes = account:list_all('', '*')
table.sort(mailboxes)
print('mailboxes', table.concat(mailboxes, ' '))
