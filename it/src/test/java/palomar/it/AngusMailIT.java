package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MailEvent;
import jakarta.mail.event.MessageChangedEvent;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.BodyTerm;
import jakarta.mail.search.FlagTerm;
import jakarta.mail.search.FromTerm;
import jakarta.mail.search.SubjectTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.ACL;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.MessageVanishedEvent;
import org.eclipse.angus.mail.imap.ResyncData;
import org.eclipse.angus.mail.imap.Rights;
import org.eclipse.angus.mail.imap.SortTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Angus Mail (Jakarta Mail), over TLS and compressed.
@ExtendWith(SharedServer.class)
class AngusMailIT {
    private static final String USER = "angus";
    private static final long LONGEST = 60;

    @Test
    void angusAppendsSearchesSortsIdlesMovesAndExpunges(Palomar palomar) throws Exception {
        List<String> mails = TestMails.three();
        Session session = session();
        try (Store store = connected(session, palomar, USER)) {
            IMAPFolder archive = (IMAPFolder) store.getFolder("Archive/J\u00e4nner");
            assertThat(archive.create(Folder.HOLDS_MESSAGES)).isTrue();
            archive.setSubscribed(true);
            assertThat(store.getDefaultFolder().listSubscribed("*"))
                    .extracting(Folder::getFullName)
                    .containsExactly("Archive/J\u00e4nner");
            IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
            assertThat(inbox.appendUIDMessages(messages(session, mails)))
                    .extracting(uid -> uid.uid)
                    .containsExactly(1L, 2L, 3L);

            inbox.open(Folder.READ_WRITE);
            readsEverything(inbox, mails);
            finds(inbox);
            isToldWhileIdle(inbox, palomar);

            Message second = inbox.getMessageByUID(2);
            inbox.moveUIDMessages(new Message[] {second}, archive);
            assertThat(second.isExpunged()).isTrue();
            inbox.getMessageByUID(3).setFlags(new Flags("todo"), true);
            inbox.getMessageByUID(1).setFlag(Flags.Flag.DELETED, true);
            assertThat(inbox.expunge()).hasSize(2); // it counts the moved one again
            inbox.close(false);
        }
        assertThat(Stored.in(palomar, USER, "INBOX").getFirst()).isEqualTo(Stored.of(mails.get(2), "todo"));
        assertThat(Stored.in(palomar, USER, "Archive/J&AOQ-nner"))
                .containsExactly(Stored.of(mails.get(1), "\\Flagged"));
    }

    @Test
    void angusResynchronisesAndAsksForRightsAndQuota(Palomar palomar) throws Exception {
        String user = "angus-again";
        List<String> mails = TestMails.three();
        Session session = session();
        try (Store store = connected(session, palomar, user)) {
            IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
            inbox.appendMessages(messages(session, mails));
            inbox.open(Folder.READ_WRITE);
            long validity = inbox.getUIDValidity();
            long modSeq = inbox.getHighestModSeq();
            assertThat(Arrays.asList(inbox.getMessages()))
                    .extracting(message -> ((IMAPMessage) message).getModSeq())
                    .allMatch(seen -> seen <= modSeq);
            inbox.close(false);
            try (ImapWire other = ImapWire.login(palomar.imap(), user)) {
                other.ok("SELECT INBOX");
                other.ok("UID STORE 3 +FLAGS (\\Answered)");
                other.ok("UID STORE 1 +FLAGS (\\Deleted)");
                other.ok("UID EXPUNGE 1");
            }

            List<MailEvent> missed = inbox.open(Folder.READ_WRITE, new ResyncData(validity, modSeq));
            assertThat(missed).hasSize(2);
            assertThat(((MessageVanishedEvent) missed.get(0)).getUIDs()).containsExactly(1);
            MessageChangedEvent changed = (MessageChangedEvent) missed.get(1);
            assertThat(inbox.getUID(changed.getMessage())).isEqualTo(3);
            assertThat(changed.getMessage().isSet(Flags.Flag.ANSWERED)).isTrue();
            assertThat(inbox.getMessagesByUIDChangedSince(1, UIDFolder.LASTUID, modSeq))
                    .extracting(Message::getSubject)
                    .containsExactly("Re: second");

            inbox.addACL(new ACL("carol", new Rights("lrs")));
            assertThat(inbox.myRights().contains(Rights.Right.ADMINISTER)).isTrue();
            assertThat(inbox.getACL())
                    .filteredOn(entry -> entry.getName().equals("carol"))
                    .extracting(entry -> entry.getRights().toString())
                    .containsExactly("lrs");
            assertThat(inbox.getQuota()).extracting(quota -> quota.quotaRoot).containsExactly("#user/" + user);
            inbox.close(false);
        }
    }

    private static void readsEverything(IMAPFolder inbox, List<String> mails) throws Exception {
        Message[] all = inbox.getMessages();
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.CONTENT_INFO);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(UIDFolder.FetchProfileItem.UID);
        inbox.fetch(all, profile);
        assertThat(all)
                .extracting(Message::getSubject)
                .containsExactly("first gr\u00fc\u00dfe", "second", "Re: second");
        for (int i = 0; i < all.length; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            all[i].writeTo(out);
            assertThat(Stored.latin1(out.toByteArray())).isEqualTo(mails.get(i));
            assertThat(all[i].getSize()).isEqualTo(mails.get(i).length());
        }
        assertThat(all[1].isSet(Flags.Flag.FLAGGED)).isTrue();
        MimeMultipart parts = (MimeMultipart) all[0].getContent();
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("x.pdf");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(TestMails.attached());
        inbox.setFlags(all, new Flags(Flags.Flag.SEEN), false);
    }

    /// Nothing beyond ASCII: once UTF8=ACCEPT is on, Angus 2.0.5 sends Latin-1 where RFC 9755 3 wants UTF-8.
    private static void finds(IMAPFolder inbox) throws Exception {
        assertThat(inbox.search(new SubjectTerm("SECOND")))
                .extracting(Message::getMessageNumber)
                .containsExactly(2, 3);
        assertThat(inbox.search(
                        new AndTerm(new FromTerm(new InternetAddress("bob@example.org")), new BodyTerm("long long"))))
                .extracting(Message::getMessageNumber)
                .containsExactly(3);
        assertThat(inbox.search(new FlagTerm(new Flags(Flags.Flag.FLAGGED), true)))
                .extracting(Message::getMessageNumber)
                .containsExactly(2);
        assertThat(inbox.getSortedMessages(new SortTerm[] {SortTerm.REVERSE, SortTerm.SUBJECT}))
                .extracting(Message::getMessageNumber)
                .containsExactly(2, 3, 1);
    }

    private static void isToldWhileIdle(IMAPFolder inbox, Palomar palomar) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        inbox.addMessageCountListener(new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
                try {
                    told.complete(event.getMessages()[0].getSubject());
                } catch (jakarta.mail.MessagingException e) {
                    told.completeExceptionally(e);
                }
            }
        });
        Thread idling = Thread.ofVirtual().start(() -> {
            try {
                inbox.idle(true);
            } catch (jakarta.mail.MessagingException e) {
                told.completeExceptionally(e);
            }
        });
        try (LmtpWire lmtp = LmtpWire.connect(palomar.lmtp())) {
            lmtp.deliver(DemoIT.mail("late"), USER + "@localhost");
        }
        idling.join();
        assertThat(told.get(LONGEST, TimeUnit.SECONDS)).isEqualTo("late");
    }

    private static Message[] messages(Session session, List<String> mails) throws Exception {
        MimeMessage[] messages = new MimeMessage[mails.size()];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = new MimeMessage(session, new ByteArrayInputStream(Stored.bytes(mails.get(i))));
        }
        messages[1].setFlag(Flags.Flag.FLAGGED, true);
        return messages;
    }

    private static Session session() {
        Properties properties = new Properties();
        properties.setProperty("mail.store.protocol", "imaps");
        properties.setProperty("mail.imaps.ssl.trust", "*");
        properties.setProperty("mail.imaps.compress.enable", "true");
        properties.setProperty("mail.imaps.timeout", String.valueOf(TimeUnit.SECONDS.toMillis(LONGEST)));
        return Session.getInstance(properties);
    }

    private static Store connected(Session session, Palomar palomar, String user) throws Exception {
        IMAPStore store = (IMAPStore) session.getStore();
        store.connect("127.0.0.1", palomar.imaps(), user, "demo");
        assertThat(Arrays.asList("MOVE", "SORT", "IDLE", "UIDPLUS", "COMPRESS=DEFLATE"))
                .allMatch(word -> has(store, word));
        return store;
    }

    private static boolean has(IMAPStore store, String word) {
        try {
            return store.hasCapability(word);
        } catch (jakarta.mail.MessagingException e) {
            return false;
        }
    }
}
