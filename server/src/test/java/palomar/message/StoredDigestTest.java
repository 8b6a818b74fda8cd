package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.mail.MailError;
import palomar.mail.MailException;

class StoredDigestTest {
    private static final String MAIL = """
            Received: from a by b
            From: =?utf-8?q?J=C3=BCrgen?= <juergen@example.org>
            TO: ann@example.org,
             "Bob" <bob@example.org>
            Subject: Grüße
            List-Id: <list.example.org>
            List-Post: <mailto:list@example.org>
            X-Spam-Flag: NO
            DKIM-Signature: v=1
            Message-ID: <m@example.org>
            In-Reply-To: <p@example.org> from yesterday
            Subject: another one

            body
            """;

    private final StoredDigest digest =
            StoredDigest.of(Parsed.stored(MAIL.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));

    @Test
    void keptFieldsComeInMessageOrder() {
        assertThat(Parsed.headerFields(digest, "message-id", "from"))
                .isEqualTo(
                        "From: =?utf-8?q?J=C3=BCrgen?= <juergen@example.org>\r\nMessage-ID: <m@example.org>\r\n\r\n");
        assertThat(Parsed.headerFields(digest, "To"))
                .isEqualTo("TO: ann@example.org,\r\n \"Bob\" <bob@example.org>\r\n\r\n");
        assertThat(Parsed.headerFields(digest, "subject")).endsWith("Subject: another one\r\n\r\n");
    }

    @Test
    void ofAFamilyOnlyTheNamesAskedForCome() {
        assertThat(Parsed.headerFields(digest, "list-post")).isEqualTo("List-Post: <mailto:list@example.org>\r\n\r\n");
        assertThat(Parsed.headerFields(digest, "list-archive", "x-spam-flag")).isEqualTo("X-Spam-Flag: NO\r\n\r\n");
    }

    @Test
    void absenceIsKnown() {
        assertThat(Parsed.headerFields(digest, "cc", "x-mailer", "list-help", "bimi-location"))
                .isEqualTo("\r\n");
        assertThat(digest.headerContains("cc", new Needle(""))).isEqualTo(Digest.Answer.NO);
        assertThat(digest.headerContains("list-help", new Needle(""))).isEqualTo(Digest.Answer.NO);
    }

    @Test
    void whatIsNotKeptIsUnknown() {
        assertThat(Parsed.headerFields(digest, "from", "received")).isNull();
        assertThat(Parsed.headerFields(digest, "from", "dkim-signature")).isNull();
        assertThat(digest.headerContains("received", new Needle("x"))).isEqualTo(Digest.Answer.UNKNOWN);
        assertThat(digest.headerContains("dkim-signature", new Needle("x"))).isEqualTo(Digest.Answer.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "from, JÜRGEN <juer, YES",
        "From, ann, NO",
        "to, bob, YES",
        "to, 'ann@example.org, \"bob', YES",
        "subject, grüße, YES",
        "subject, another, YES",
        "subject, grüßeanother, NO",
        "message-id, m@EXAMPLE, YES",
        "list-id, list.example, YES",
        "list-id, mailto, NO",
        "x-spam-flag, yes, NO",
        "bcc, '', NO",
        "subject, '', YES",
    })
    void headersAreSearchedDecodedAndFolded(String field, String words, Digest.Answer answer) {
        assertThat(digest.headerContains(field, new Needle(words))).isEqualTo(answer);
    }

    @Test
    void fieldsThatTheWriterDidNotKnowAreUnknown() {
        byte[] old = Parsed.stored("From: a@b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        old[DigestFormat.KNOWN] = (byte) HeaderField.X_MAILER.ordinal();
        StoredDigest view = StoredDigest.of(old);
        assertThat(Parsed.headerFields(view, "from")).isEqualTo("From: a@b\r\n\r\n");
        assertThat(Parsed.headerFields(view, "x-mailer")).isNull();
        assertThat(view.headerContains("user-agent", new Needle(""))).isEqualTo(Digest.Answer.UNKNOWN);
    }

    @Test
    void theViewIsSetAnywhereInABuffer() {
        byte[] stored = Parsed.stored("Subject: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[stored.length + 20];
        Arrays.fill(buffer, (byte) 0xff);
        System.arraycopy(stored, 0, buffer, 7, stored.length);
        StoredDigest view = new StoredDigest().wrap(buffer, 7, stored.length, 0);
        assertThat(view.baseSubject()).isEqualTo("HERE");
        assertThat(Parsed.envelope(view)).startsWith("(NIL \"here\"");
        assertThat(view.parts()).hasSize(1);
    }

    @Test
    void bytesThatAreNoDigestAreRefused() {
        byte[] stored = Parsed.stored("Subject: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StoredDigest view = new StoredDigest();
        assertRefused(() -> view.wrap(stored, 0, stored.length - 1, 0));
        assertRefused(() -> view.wrap(stored, 0, 10, 0));
        stored[0] = 3;
        assertRefused(() -> view.wrap(stored, 0, stored.length, 0));
    }

    private static void assertRefused(Runnable wrapping) {
        assertThatThrownBy(wrapping::run)
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.CORRUPTION));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            References: <a@x> <b@x>\\nIn-Reply-To: <c@x> | [a@x, b@x]
            References: none\\nIn-Reply-To: <c@x>        | [c@x]
            In-Reply-To: <c@x> <d@x>                     | [c@x]
            In-Reply-To: your mail of <noon>, <d@x>      | [d@x]
            References: <a@x><b@x>                       | [a@x, b@x]
            References: <a@\\n x> <"b"@x>                | [a@x, b@x]
            References: <a@x> <unclosed@x                | [a@x]
            Subject: x                                   | []
            """)
    void parentsAreFoundAsThreadingWantsThem(String header, String parents) {
        assertThat(Parsed.digest(header.replace("\\n", "\n") + "\n\n").references())
                .asString()
                .isEqualTo(parents);
    }

    @Test
    void theMessageIdHasNoBrackets() {
        assertThat(digest.messageId()).isEqualTo("m@example.org");
        assertThat(Parsed.digest("Message-ID: none\n\n").messageId()).isEmpty();
    }

    @Test
    void firstAddressesAreThereToSortBy() {
        assertThat(digest.firstMailbox("from")).isEqualTo("juergen");
        assertThat(digest.firstDisplayName("from")).isEqualTo("Jürgen");
        assertThat(digest.firstDisplayName("to")).isEqualTo("ann@example.org");
        assertThat(digest.firstMailbox("cc")).isEmpty();
        assertThat(digest.firstDisplayName("cc")).isEmpty();
        assertThat(Parsed.digest("To: team:a@b;\n\n").firstDisplayName("to")).isEqualTo("team");
    }
}
