package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.mail.MessageGuid;
import palomar.message.MessageParser;
import palomar.message.StoredDigest;

class ObjectIdsTest {
    private static final MessageGuid GUID = new MessageGuid(0x0123_4567_89ab_cdefL, -2);

    /// The same letter, the same thread.
    @Test
    void aThreadIsNamedByWhereItBegan() {
        String root = thread("Message-ID: <root@x>");
        assertThat(root).hasSize(41).matches("T[0-9a-f]+");
        assertThat(thread("Message-ID: <m@x>\nReferences: <root@x> <mid@x>\nIn-Reply-To: <mid@x>"))
                .isEqualTo(root);
        assertThat(thread("Message-ID: <n@x>\nIn-Reply-To: <root@x>")).isEqualTo(root);
        assertThat(thread("Message-ID: <n@x>\nIn-Reply-To: your mail <root@x> of today"))
                .isEqualTo(root);
        assertThat(thread("References:\n <root@x>\n <a@x>")).isEqualTo(root);
        assertThat(thread("Message-ID: <root@y>")).isNotEqualTo(root);
        assertThat(thread("Message-ID: <ROOT@x>")).isNotEqualTo(root);
    }

    @Test
    void aMessageWithoutAnyIdIsAThreadOfItsOwn() {
        Set<String> threads = new HashSet<>();
        for (long i = 0; i < 10; i++) {
            threads.add(ObjectIds.thread(digest("Subject: x"), new MessageGuid(1, i)));
        }
        assertThat(threads).hasSize(10).allMatch(id -> id.startsWith("T"));
        assertThat(thread("Subject: x\nMessage-ID: none\nReferences: none")).isEqualTo(thread("Subject: x"));
    }

    @Test
    void anEmailIdIsReadAgain() {
        String id = ObjectIds.email(GUID);
        assertThat(id).isEqualTo("E0123456789abcdeffffffffffffffffe");
        assertThat(ObjectIds.guid(id)).contains(GUID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "E",
                "e0123456789abcdeffffffffffffffffe",
                "T0123456789abcdeffffffffffffffffe",
                "E0123456789abcdeffffffffffffffff",
                "E0123456789abcdeffffffffffffffffe0",
                "E0123456789ABCDEFFFFFFFFFFFFFFFFE",
                "E0123456789abcdef+fffffffffffffff",
                "E-123456789abcdeffffffffffffffff"
            })
    void whatIsNoneOfOursIsNone(String id) {
        assertThat(ObjectIds.guid(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "'a', false"})
    void theNameBehindAHeadIsTheHeadsToo(String head, boolean same) {
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        assertThat(GUID.behind(bytes).equals(GUID)).isEqualTo(same);
        assertThat(GUID.behind(bytes)).isEqualTo(GUID.behind(bytes));
    }

    private static String thread(String header) {
        return ObjectIds.thread(digest(header), GUID);
    }

    private static StoredDigest digest(String header) {
        byte[] bytes = (header.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        MessageParser parser = new MessageParser();
        parser.feed(bytes, 0, bytes.length);
        return StoredDigest.of(parser.finish());
    }
}
