package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.bytes.ByteSource;
import palomar.testkit.Seeds;

/// A field that comes more than once: each is a text of its own, in the digest and in the message.
class RepeatedFieldsTest {
    private static final List<String> NAMES =
            List.of("From", "to", "Cc", "BCC", "Subject", "subject", "Reply-To", "List-Id", "X-Other", "Message-ID");
    private static final List<String> PIECES = List.of(
            "=?utf-8?q?J=C3",
            "=BC?=",
            "=?utf-8?q?=C3=BC?=",
            "=?utf-8?q?a?=",
            "=?utf-8?q?",
            "?=",
            "=?",
            " ",
            "\t",
            "\r\n ",
            "\r\n\t",
            "\n ",
            "abc",
            "b",
            ",",
            "\"",
            "(",
            "<a@b>",
            "\u00fc",
            "\u0301",
            "\u0316",
            "=?utf-8?b?w7w=?=",
            "=?iso-8859-1?q?=FC?=",
            "\r");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            To: ann\\nTo: bob                           | 'ann, bob'    | false
            To: ann\\nTo: bob                           | 'bob'         | true
            To: ann\\nTo: bob                           | 'annbob'      | false
            Subject: one\\nSubject: two                 | 'one two'     | false
            Subject: one\\nSubject: two                 | 'two'         | true
            Subject: =?utf-8?q?a\\nSubject: b?=         | 'b?='         | true
            Subject: =?utf-8?q?a\\nSubject: b?=         | 'a b'         | false
            Subject: =?utf-8?q?a?=\\nSubject: =?utf-8?q?b?= | 'ab'      | false
            From: =?utf-8?q?=C3?=\\nFrom: =?utf-8?q?=BC?= | 'ü'         | false
            From: =?utf-8?q?a\\nFrom: b?= <c@d>         | 'a, b'        | false
            """)
    void eachIsSearchedAlone(String header, String words, boolean found) throws IOException {
        byte[] bytes = (header.replace("\\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        String name = header.substring(0, header.indexOf(':'));
        StoredDigest digest = Parsed.digest(bytes);
        Needle needle = new Needle(words);
        assertThat(TextSearch.headerContains(ByteSource.of(bytes), digest, name, needle))
                .isEqualTo(found);
        assertThat(digest.headerContains(name, needle)).isEqualTo(found ? Digest.Answer.YES : Digest.Answer.NO);
    }

    @Test
    void theDigestNeverSaysWhatTheMessageDoesNot() throws IOException {
        RandomGenerator random = Seeds.random("repeated fields");
        int decided = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = header(random);
            StoredDigest digest = Parsed.digest(bytes);
            for (int i = 0; i < 4; i++) {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                String words = text(random, 3);
                decided += agree(bytes, digest, name, words.strip()) ? 1 : 0;
            }
        }
        assertThat(decided).isGreaterThan(40_000);
    }

    /// @return whether the digest knew
    private static boolean agree(byte[] bytes, StoredDigest digest, String name, String words) throws IOException {
        Needle needle = new Needle(words);
        Digest.Answer answer = digest.headerContains(name, needle);
        boolean read = TextSearch.headerContains(ByteSource.of(bytes), digest, name, needle);
        if (answer != Digest.Answer.UNKNOWN) {
            assertThat(answer == Digest.Answer.YES)
                    .as("%s '%s' in %s", name, words, new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(read);
        }
        return answer != Digest.Answer.UNKNOWN;
    }

    private static byte[] header(RandomGenerator random) {
        StringBuilder header = new StringBuilder();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            header.append(NAMES.get(random.nextInt(NAMES.size()))).append(random.nextInt(9) == 0 ? " :" : ":");
            header.append(text(random, 8)).append(random.nextInt(50) == 0 ? "x".repeat(17_000) : "");
            header.append(random.nextBoolean() ? "\r\n" : "\n");
        }
        return header.append(random.nextInt(4) == 0 ? "" : "\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(RandomGenerator random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /// Version 1 searched all fields of one name as one text: where that may matter it is not asked.
    @Test
    void digestsOfTheFirstVersionAreAskedOnlyWhereTheyAreRight() {
        byte[] stored =
                Parsed.stored("To: ann\r\nSubject: one\r\nSubject: two\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        stored[0] = 1;
        StoredDigest digest = StoredDigest.of(stored);
        assertThat(digest.headerContains("to", new Needle("ann"))).isEqualTo(Digest.Answer.YES);
        assertThat(digest.headerContains("to", new Needle("bob"))).isEqualTo(Digest.Answer.NO);
        assertThat(digest.headerContains("cc", new Needle(""))).isEqualTo(Digest.Answer.NO);
        assertThat(digest.headerContains("subject", new Needle("one"))).isEqualTo(Digest.Answer.UNKNOWN);
        assertThat(digest.headerContains("subject", new Needle("six"))).isEqualTo(Digest.Answer.UNKNOWN);
        assertThat(Parsed.headerFields(digest, "subject")).isEqualTo("Subject: one\r\nSubject: two\r\n\r\n");
    }
}
