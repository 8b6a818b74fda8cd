package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;

class EditedMessageTest {
    private static final FieldName SUBJECT = FieldName.of("subject");
    private static final FieldName HELLO = FieldName.of("X-Hello");

    static EditedMessage message(String... lines) throws IOException {
        return EditedMessage.of(source(String.join("\r\n", lines)));
    }

    static ByteSource source(String text) {
        return ByteSource.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteSource source) throws IOException {
        return new String(source.bytes(), StandardCharsets.UTF_8);
    }

    private static String now(EditedMessage message) throws IOException {
        return text(message.version().content());
    }

    @Test
    void findsFieldsOfANameInAnyCaseFromBothEnds() throws IOException {
        Header header = message(
                        "Received: one", "SUBJECT: a", "received : two", "Received:", " three", "", "Received: no")
                .header();
        FieldName received = FieldName.of("ReCeived");
        assertThat(header.all(received)).extracting(Field::value).containsExactly("one", "two", "three");
        assertThat(header.count(received)).isEqualTo(3);
        assertThat(header.nth(received, 1, false).map(Field::value)).hasValue("one");
        assertThat(header.nth(received, 1, true).map(Field::value)).hasValue("three");
        assertThat(header.nth(received, 3, true).map(Field::value)).hasValue("one");
        assertThat(header.nth(received, 4, true)).isEmpty();
        assertThat(header.nth(received, 0, false)).isEmpty();
        assertThat(header.has(FieldName.of("receive"))).isFalse();
        assertThat(header.has(FieldName.of("received:"))).isFalse();
        assertThat(header.has(FieldName.of(""))).isFalse();
    }

    @Test
    void unfoldsAndDecodesValues() throws IOException {
        Header header = message(
                        "Subject:  =?iso-8859-1?q?gr=FC?=\r\n =?utf-8?q?=C3=9Fe?=\r\n  an alle ", "X: jürgen", "", "")
                .header();
        assertThat(header.first(SUBJECT).map(Field::text)).hasValue("grüße  an alle");
        assertThat(header.first(FieldName.of("x")).map(Field::text)).hasValue("jürgen");
    }

    @Test
    void aNewFieldStandsFirstOrLast() throws IOException {
        EditedMessage message = message("From: a@b", "To: c@d", "", "body");
        message.add(Field.of("X-First", "one"), false);
        message.add(Field.of("X-Last", "two"), true);
        assertThat(now(message)).isEqualTo("X-First: one\r\nFrom: a@b\r\nTo: c@d\r\nX-Last: two\r\n\r\nbody");
        assertThat(message.size()).isEqualTo(now(message).length());
        assertThat(message.isOriginal()).isFalse();
    }

    /// The examples of RFC 5293 7.
    @Test
    void countsInTheHeaderAsItIsNow() throws IOException {
        EditedMessage message = message("X-Hello: 1", "X-Hello: 2", "X-Hello: 3", "X-Hello: 4", "", "");
        message.add(Field.of("X-Hello", "World"), false);
        message.remove(List.of(message.header().nth(HELLO, 1, false).orElseThrow()));
        assertThat(now(message)).isEqualTo("X-Hello: 1\r\nX-Hello: 2\r\nX-Hello: 3\r\nX-Hello: 4\r\n\r\n");
        message.remove(List.of(message.header().nth(HELLO, 1, false).orElseThrow()));
        message.remove(List.of(message.header().nth(HELLO, 2, false).orElseThrow()));
        assertThat(message.header().all(HELLO)).extracting(Field::value).containsExactly("2", "4");
    }

    @Test
    void aVersionStaysWhatItWas() throws IOException {
        EditedMessage message = message("Subject: a", "", "body");
        MessageVersion before = message.version();
        message.remove(message.header().all(SUBJECT));
        MessageVersion after = message.version();
        EditedMessage fork = message.fork();
        fork.add(Field.of("X", "y"), true);
        assertThat(text(before.content())).isEqualTo("Subject: a\r\n\r\nbody");
        assertThat(before.isOriginal()).isTrue();
        assertThat(text(after.content())).isEqualTo("\r\nbody");
        assertThat(after.isOriginal()).isFalse();
        assertThat(now(message)).isEqualTo("\r\nbody");
        assertThat(now(fork)).isEqualTo("X: y\r\n\r\nbody");
        message.restore();
        assertThat(message.isOriginal()).isTrue();
        assertThat(message.version().content()).isSameAs(before.content());
        assertThat(text(message.original().content())).isEqualTo("Subject: a\r\n\r\nbody");
    }

    @Test
    void aHeaderMayLackItsEmptyLineAndItsLastLineEnd() throws IOException {
        EditedMessage message = message("Subject: a", "X: y");
        assertThat(message.header().isClosed()).isFalse();
        message.add(Field.of("Z", "last"), true);
        assertThat(now(message)).isEqualTo("Subject: a\r\nX: y\r\nZ: last\r\n");
        EditedMessage empty = message("");
        empty.add(Field.of("A", "b"), false);
        assertThat(now(empty)).isEqualTo("A: b\r\n");
        EditedMessage headless = message("", "body");
        headless.add(Field.of("A", "b"), false);
        assertThat(now(headless)).isEqualTo("A: b\r\n\r\nbody");
    }

    @Test
    void linesThatAreNoFieldsStayWhereTheyAre() throws IOException {
        EditedMessage message = message("From bob Mon", "Subject: a", "garbage", "X: y", "", "b");
        message.remove(message.header().all(SUBJECT));
        assertThat(now(message)).isEqualTo("From bob Mon\r\ngarbage\r\nX: y\r\n\r\nb");
    }

    @Test
    void readsHeadersOfAnySize() throws IOException {
        for (int size : new int[] {4093, 4094, 4095, 4096, 4097, 8190, 8191, 8192, 70_000, 1 << 20, 3 << 20}) {
            String filler = "X-Filler: y\r\n".repeat(size / 13) + "Z: " + "z".repeat(size % 13) + "\r\n";
            EditedMessage message = EditedMessage.of(source(filler + "\r\nbody"));
            message.add(Field.of("A", "b"), false);
            assertThat(now(message)).as("%d", size).isEqualTo("A: b\r\n" + filler + "\r\nbody");
        }
    }

    @Test
    void aBodyIsReferredToAndReadFromAnywhere() throws IOException {
        EditedMessage message = message("Subject: a", "", "0123456789");
        message.add(Field.of("B", "c"), true);
        ByteSource content = message.version().content();
        String whole = text(content);
        for (int from = 0; from <= whole.length(); from++) {
            for (int count = 0; count <= whole.length() - from; count++) {
                String part = new String(content.open(from, count).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(part).isEqualTo(whole.substring(from, from + count));
            }
        }
    }
}
