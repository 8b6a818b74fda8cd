// What imapflow does in ImapflowIT. Arguments: port of IMAPS, user, folder with 1.eml 2.eml 3.eml.
// Writes N.out for each message fetched, and one line for each answer that the test compares.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';

const [port, user, folder] = process.argv.slice(2);
const say = (...words) => console.log(words.join(' '));

async function connected(secure) {
  const client = new ImapFlow({
    host: '127.0.0.1', port: Number(port), secure, tls: { rejectUnauthorized: false },
    auth: { user, pass: 'demo' }, logger: false, qresync: true, maxIdleTime: 20_000,
  });
  await client.connect();
  return client;
}

const client = await connected(true);
say('capable', ['COMPRESS=DEFLATE', 'QRESYNC', 'OBJECTID', 'UIDPLUS', 'MOVE'].filter(word => client.capabilities.has(word)));
say('enabled', [...client.enabled].sort());
await client.mailboxCreate(['Archive', 'J\u00e4nner']);
say('folders', (await client.list({ statusQuery: { messages: true } })).map(box => `${box.path}=${box.status.messages}`).sort());
for (const n of [1, 2, 3]) {
  const appended = await client.append('INBOX', readFileSync(`${folder}/${n}.eml`), n === 2 ? ['\\Flagged'] : []);
  say('appended', appended.uid);
}

let lock = await client.getMailboxLock('INBOX');
say('exists', client.mailbox.exists, 'next', client.mailbox.uidNext);
say('found', await client.search({ subject: 'second' }, { uid: true }));
say('gr\u00fc\u00dfe', await client.search({ header: { subject: 'gr\u00fc\u00dfe' } }, { uid: true }));
const threads = new Set();
for await (const message of client.fetch('1:*', { uid: true, size: true, source: true, envelope: true, bodyStructure: true, threadId: true, flags: true })) {
  writeFileSync(`${folder}/${message.uid}.out`, message.source);
  threads.add(message.threadId);
  say('message', message.uid, message.size, message.bodyStructure.type, JSON.stringify(message.envelope.subject),
    message.envelope.from[0].address, [...message.flags].filter(flag => flag !== '\\Recent').sort());
}
say('threads', threads.size);
const { content } = await client.download('1', '2', { uid: true });
const parts = [];
for await (const piece of content) {
  parts.push(piece);
}
const part = Buffer.concat(parts);
say('part', part.length, createHash('sha256').update(part).digest('hex'));

// Another session changes flags while this one idles.
const told = new Promise(resolve => client.on('flags', change => resolve(`${change.uid ?? change.seq} ${[...change.flags].filter(flag => flag !== '\\Recent').sort()}`)));
const idling = client.idle();
const other = await connected(true);
const otherLock = await other.getMailboxLock('INBOX');
await other.messageFlagsAdd('1', ['\\Seen', 'todo'], { uid: true });
say('told', await told);
otherLock.release();
await other.logout();

const moved = await client.messageMove('2', 'Archive/J\u00e4nner', { uid: true });
await idling;
say('moved', [...moved.uidMap].map(pair => pair.join('=')));
await client.messageFlagsRemove('1', ['todo'], { uid: true });
await client.messageDelete('3', { uid: true });
say('left', await client.search({ all: true }, { uid: true }));
lock.release();
say('status', JSON.stringify(await client.status('Archive/J\u00e4nner', { messages: true, unseen: true })));
say('quota', Boolean(await client.getQuota('INBOX')));
await client.logout();
