package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.bytes.ByteSource;
import palomar.testkit.Seeds;

/// Headers beyond what a digest keeps: searched and filtered all the same, and never in memory as a whole.
class LargeHeaderTest {
    private static final String FILLER = "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n";
    private static final String THREE_MEGABYTES = FILLER.repeat((3 << 20) / FILLER.length());

    @Test
    void whatStandsBehindThreeMegabytesIsFound() throws IOException {
        byte[] mail = bytes(
                "Subject: early\r\n" + THREE_MEGABYTES
                        + "From: =?utf-8?q?J=C3=BCrgen?=\r\n <late@example.org>\r\nSUBJECT : late\r\nX-Last: end\r\n\r\nbody\r\n");
        assertFound(mail, "from", "JÜRGEN <late@", true);
        assertFound(mail, "subject", "early", true);
        assertFound(mail, "subject", "late", true);
        assertFound(mail, "subject", "early late", false);
        assertFound(mail, "x-last", "end", true);
        assertFound(mail, "x-last", "body", false);
        assertFound(mail, "x-none", "", false);
        assertThat(fields(mail, false, "Subject", "From"))
                .isEqualTo(
                        "Subject: early\r\nFrom: =?utf-8?q?J=C3=BCrgen?=\r\n <late@example.org>\r\nSUBJECT : late\r\n"
                                + "\r\n");
        assertThat(fields(mail, true, "X-Filler", "Subject"))
                .isEqualTo("From: =?utf-8?q?J=C3=BCrgen?=\r\n <late@example.org>\r\nX-Last: end\r\n\r\n");
        assertThat(fields(mail, false, "X-None")).isEqualTo("\r\n");
        Needle late = new Needle("jürgen <late@");
        StoredDigest digest = Parsed.digest(mail);
        assertThat(TextSearch.textContains(ByteSource.of(mail), digest, late)).isTrue();
        assertThat(TextSearch.bodyContains(ByteSource.of(mail), digest, late)).isFalse();
        assertThat(TextSearch.textContains(ByteSource.of(mail), digest, new Needle("body")))
                .isTrue();
    }

    @Test
    void aFieldOfTwoHundredKilobytesIsReadToItsEnd() throws IOException {
        String words = "=?utf-8?q?=C3=BC?=\r\n ".repeat(200_000 / 21);
        byte[] mail = bytes("To: first@example.org,\r\n " + "a@example.org, ".repeat(13_000)
                + "=?utf-8?q?l=C3=A4st?=\r\n" + "Subject: " + words + "end\r\n\r\n");
        assertFound(mail, "to", "first", true);
        assertFound(mail, "to", "org, läst", true);
        assertFound(mail, "to", "ü", false);
        assertFound(mail, "subject", "üüüü end", true);
        assertThat(fields(mail, false, "subject")).isEqualTo("Subject: " + words + "end\r\n\r\n");
    }

    @Test
    void ofAHundredThousandFieldsEachIsLookedAt() throws IOException {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            header.append("To: user")
                    .append(i)
                    .append("@example.org\r\nX-")
                    .append(i)
                    .append(":\r\n");
        }
        byte[] mail = bytes(header + "\r\n");
        assertFound(mail, "to", "user0@", true);
        assertFound(mail, "to", "user99999@", true);
        assertFound(mail, "to", "user100000@", false);
        assertFound(mail, "x-99999", "", true);
        assertThat(fields(mail, false, "x-5", "x-99999")).isEqualTo("X-5:\r\nX-99999:\r\n\r\n");
        String[] many = new String[20_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "x-" + 7 * i;
        }
        assertThat(fields(mail, false, many).length()).isGreaterThan(14_000 * 8);
    }

    /// A megabyte of address fields with one name is one list, and put together once.
    @Test
    void listsInManyFieldsArePutTogetherInLinearTime() {
        byte[] mail = bytes("To:a\r\n".repeat(170_000) + "\r\n");
        assertThat(Parsed.envelope(Parsed.digest(mail))).startsWith("(NIL NIL NIL NIL NIL ((");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "=?utf-8?q?=C3=BC?= ", "word, ", "word\r\n ", "=?utf-8?q?a b?="})
    void aFieldThatFillsTheMessageIsSearchedInStretches(String repeated) throws IOException {
        int times = repeated.isEmpty() ? 0 : 2_500_000 / repeated.length();
        byte[] mail = bytes("Subject: begin " + repeated.repeat(times / 2) + "the seam, " + repeated.repeat(times / 2)
                + "end\r\n\tof it\r\nTo: x\r\n\r\n");
        assertFound(mail, "subject", "begin", true);
        assertFound(mail, "subject", "the seam,", true);
        assertFound(mail, "subject", "end of it", true);
        assertFound(mail, "subject", "nowhere", false);
        assertFound(mail, "to", "x", true);
    }

    /// Words that stand where stretches meet: every place is tried.
    @Test
    void nothingIsLostBetweenStretches() throws IOException {
        String number = "0123456789 ";
        byte[] mail = bytes("Subject: " + number.repeat(300_000) + "\r\n\r\n");
        assertFound(mail, "subject", number.repeat(200_000), true);
        assertFound(mail, "subject", number.repeat(200_000) + "0124", false);
    }

    @Test
    void anyHeaderIsFilteredAsASmallOneIs() throws IOException {
        RandomGenerator random = Seeds.random("large headers");
        String[] pieces = {
            "To: a\r\n",
            "To:b\n",
            "to : c\r\n",
            " folded\r\n",
            "\tfolded\n",
            "no field\r\n",
            "X: y\r\n",
            "\r",
            ":\n",
            "To",
            "X".repeat(990),
            " ".repeat(12)
        };
        for (int round = 0; round < 300; round++) {
            StringBuilder header = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                header.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] small =
                    header.append(random.nextBoolean() ? "\r\n" : "").toString().getBytes(StandardCharsets.US_ASCII);
            for (boolean not : new boolean[] {false, true}) {
                HeaderNames names = new HeaderNames(List.of("to"), not);
                byte[] expected = Sections.filtered(ByteSource.of(small), names).bytes();
                ByteSource streamed = FilteredHeader.of(ByteSource.of(small), names);
                assertThat(streamed.bytes()).isEqualTo(expected);
                assertThat(streamed.size()).isEqualTo(expected.length);
                int from = random.nextInt(expected.length);
                assertThat(streamed.open(from, 7).readAllBytes())
                        .isEqualTo(ByteSource.of(expected).open(from, 7).readAllBytes());
            }
        }
    }

    /// A gigabyte of header passes through a few kilobytes.
    @Test
    void memoryDoesNotGrowWithTheHeader() throws IOException {
        List<Integer> reads = new ArrayList<>();
        ByteSource endless = new ByteSource() {
            @Override
            public long size() {
                return 1L << 30;
            }

            @Override
            public InputStream open(long from, long count) {
                return new InputStream() {
                    private long left = Math.min(count, size() - from);

                    @Override
                    public int read() {
                        throw new UnsupportedOperationException("one byte at a time");
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        int taken = (int) Math.min(length, left);
                        for (int i = 0; i < taken; i++) {
                            target[offset + i] = (byte) ((i & 63) == 63 ? '\n' : (i & 63) == 1 ? ':' : 'a');
                        }
                        reads.add(taken);
                        left -= taken;
                        return taken == 0 ? -1 : taken;
                    }
                };
            }
        };
        ByteSource filtered = FilteredHeader.of(endless, new HeaderNames(List.of("x"), false));
        assertThat(filtered.size()).isEqualTo(2);
        assertThat(reads).allMatch(size -> size <= HeaderStream.WINDOW);
    }

    private static void assertFound(byte[] mail, String field, String words, boolean found) throws IOException {
        StoredDigest digest = Parsed.digest(mail);
        Needle needle = new Needle(words);
        assertThat(TextSearch.headerContains(ByteSource.of(mail), digest, field, needle))
                .as(field + " " + (words.length() < 50 ? words : "long"))
                .isEqualTo(found);
        Digest.Answer known = digest.headerContains(field, needle);
        assertThat(known).isIn(Digest.Answer.UNKNOWN, found ? Digest.Answer.YES : Digest.Answer.NO);
    }

    private static String fields(byte[] mail, boolean not, String... names) throws IOException {
        Sections sections = new Sections(ByteSource.of(mail), Parsed.digest(mail));
        HeaderNames wanted = new HeaderNames(List.of(names), not);
        ByteSource found = sections.headerFields(wanted).orElseThrow();
        byte[] bytes = found.bytes();
        assertThat(found.size()).isEqualTo(bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
