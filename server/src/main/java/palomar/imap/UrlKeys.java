package palomar.imap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import palomar.mail.MailboxId;
import palomar.storage.Attributes;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// The access keys of mailboxes and the tokens made with them: the mechanism INTERNAL. RFC 4467 3 to 6
///
/// A key is 256 bits, made when it is needed first and kept among the mailbox's named values: it survives a rename
/// and goes with the mailbox. A token is the number of its algorithm, 01, and HMAC-SHA-256 of the URL in front of
/// it, in hexadecimal. Safe for many threads.
final class UrlKeys {
    private static final String NAME = "urlauth/key";
    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "01";
    private static final int KEY_BYTES = 32;
    private static final Runnable NOBODY = () -> {};

    private final SecureRandom random = new SecureRandom();

    /// Held while a key is made or removed.
    private final ReentrantLock changing = new ReentrantLock();

    /// Sessions that want to hear of new keys, by user.
    private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();

    /// A session's ear for new keys of the mailbox it has selected. RFC 4467 7: RESETKEY
    final class Listener implements AutoCloseable {
        private final String user;
        private final MailboxId mailbox;
        private volatile boolean pending;
        private volatile Runnable ear = NOBODY;

        private Listener(String user, MailboxId mailbox) {
            this.user = user;
            this.mailbox = mailbox;
        }

        /// True once for each time that there was something to hear.
        boolean take() {
            boolean was = pending;
            pending = false;
            return was;
        }

        /// @param woken is called by the thread that makes the key; it must not block
        Watch onChange(Runnable woken) {
            ear = woken;
            return () -> ear = NOBODY;
        }

        private void tell() {
            pending = true;
            ear.run();
        }

        @Override
        public void close() {
            listeners.computeIfPresent(user, (name, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    Listener listen(String user, MailboxId mailbox) {
        Listener listener = new Listener(user, mailbox);
        listeners.compute(user, (name, all) -> {
            Set<Listener> set = all == null ? ConcurrentHashMap.newKeySet() : all;
            set.add(listener);
            return set;
        });
        return listener;
    }

    /// A URL with its token.
    ///
    /// @param rump the URL up to its access identifier
    String authorise(UserMail owner, MailboxId mailbox, String rump) {
        return rump + ":INTERNAL:" + token(keyFor(owner.attributes(mailbox)), rump);
    }

    private byte[] keyFor(Attributes attributes) {
        changing.lock();
        try {
            Optional<byte[]> there = attributes.get(NAME);
            if (there.isPresent()) {
                return there.get();
            }
            byte[] key = fresh();
            attributes.change(Map.of(NAME, Optional.of(key)));
            return key;
        } finally {
            changing.unlock();
        }
    }

    private byte[] fresh() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /// Was the token made with the mailbox's present key? It takes as long when there is no such mailbox.
    /// RFC 4467 6
    boolean verify(Optional<Attributes> attributes, String rump, String token) {
        Optional<byte[]> key = attributes.flatMap(found -> found.get(NAME));
        String right = token(key.orElseGet(this::fresh), rump);
        boolean same = MessageDigest.isEqual(
                right.getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.US_ASCII));
        return same && key.isPresent();
    }

    /// A new key for a mailbox: URLs made before count no more.
    void reset(UserMail owner, MailboxId mailbox) {
        change(owner, mailbox, Optional.of(fresh()));
    }

    /// No URL of the mailbox counts any more.
    void remove(UserMail owner, MailboxId mailbox) {
        if (owner.attributes(mailbox).get(NAME).isPresent()) {
            change(owner, mailbox, Optional.empty());
        }
    }

    private void change(UserMail owner, MailboxId mailbox, Optional<byte[]> key) {
        changing.lock();
        try {
            owner.attributes(mailbox).change(Map.of(NAME, key));
        } finally {
            changing.unlock();
        }
        for (Listener listener : listeners.getOrDefault(owner.user(), Set.of())) {
            if (listener.mailbox.equals(mailbox)) {
                listener.tell();
            }
        }
    }

    private static String token(byte[] key, String rump) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return VERSION + HexFormat.of().formatHex(mac.doFinal(rump.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, missing);
        }
    }
}
