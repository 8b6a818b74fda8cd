package palomar.storage.loft.v1;

import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import palomar.storage.Attributes;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// All that can be seen of a user's mail, as text: two stores with the same portrait hold the same.
final class Portrait {
    /// Numbers of one mailbox that may only grow.
    record Numbers(long uidValidity, long uidNext, long highestModSeq) {}

    private Portrait() {}

    static String of(Storage storage, String user) throws IOException {
        StringBuilder text = new StringBuilder();
        try (UserMail mail = storage.open(user)) {
            text.append("subscribed ").append(mail.subscriptions()).append('\n');
            values(mail.attributes(), text);
            text.append(mail.quota().usage()).append('\n');
            for (UserMail.Entry entry : mail.mailboxes()) {
                try (Mailbox mailbox = mail.open(entry.id())) {
                    text.append(entry.name())
                            .append(" counts ")
                            .append(counts(mailbox))
                            .append(' ')
                            .append(new TreeSet<>(entry.uses()))
                            .append('\n');
                    values(mail.attributes(entry.id()), text);
                    rows(mailbox, text);
                }
            }
        }
        return text.toString();
    }

    private static void values(Attributes attributes, StringBuilder text) {
        attributes
                .under("")
                .forEach((name, value) -> text.append("value ")
                        .append(name)
                        .append('=')
                        .append(HexFormat.of().formatHex(value))
                        .append('\n'));
    }

    private static String counts(Mailbox mailbox) {
        var status = mailbox.status();
        return status.messages() + " " + status.unseen() + " " + status.deleted() + " " + status.size();
    }

    private static void rows(Mailbox mailbox, StringBuilder text) throws IOException {
        MailboxView view = mailbox.view();
        try (MessageCursor cursor = mailbox.cursor()) {
            for (int seq = 1; seq <= view.count(); seq++) {
                cursor.seek(view.uid(seq));
                CRC32 crc = new CRC32();
                crc.update(cursor.content().bytes());
                Map<String, Boolean> keywords = new TreeMap<>();
                for (int bit = 0; bit < mailbox.keywords().size(); bit++) {
                    if ((cursor.keywordBits() >>> bit & 1) != 0) {
                        keywords.put(mailbox.keywords().get(bit), true);
                    }
                }
                text.append("  ").append(cursor.uid()).append(' ').append(cursor.systemFlags());
                text.append(' ').append(keywords.keySet()).append(' ').append(cursor.size());
                text.append(' ').append(crc.getValue()).append('\n');
            }
        }
    }

    static Map<Long, Numbers> numbers(Storage storage, String user) {
        Map<Long, Numbers> numbers = new HashMap<>();
        try (UserMail mail = storage.open(user)) {
            for (UserMail.Entry entry : mail.mailboxes()) {
                var status = mail.status(entry.id());
                numbers.put(
                        entry.id().value(),
                        new Numbers(status.uidValidity(), status.uidNext(), status.highestModSeq()));
            }
        }
        return numbers;
    }
}
