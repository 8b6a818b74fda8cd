package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

/// URLs of messages. RFC 5092, RFC 4467 9
class ImapUrlTest {
    private static final String HEX = "91354a473744909de610943775f92038";

    private static ImapUrl url(String text) {
        return ((ImapUrl.Valid) ImapUrl.parse(text, Limits.AFTER_LOGIN)).url();
    }

    @Test
    void anAbsoluteUrlWithEverything() {
        String rump = "imap://joe%40example.com;AUTH=GSSAPI@[2001:db8::1]:143/Sent%20Mail/2026;UIDVALIDITY=7/;UID=20"
                + "/;SECTION=1.2.MIME/;PARTIAL=0.1024;EXPIRE=2026-12-31T23:59:59+01:00;URLAUTH=submit+fred%40x";
        ImapUrl url = url(rump + ":internal:" + HEX);
        assertThat(url.server()).contains(new ImapUrl.Server(Optional.of("joe@example.com"), "[2001:db8::1]"));
        assertThat(url.mailbox()).contains("Sent Mail/2026");
        assertThat(url.uidValidity()).isEqualTo(7);
        assertThat(url.uid()).isEqualTo(20);
        assertThat(url.section()).isEqualTo(Section.of(Section.Kind.MIME, 1, 2));
        assertThat(url.partial()).contains(new PartialRange(0, 1024));
        assertThat(url.expires()).contains(Instant.parse("2026-12-31T22:59:59Z"));
        assertThat(url.access()).contains(new ImapUrl.Submit("fred@x"));
        assertThat(url.token()).contains(new ImapUrl.Token(rump, "INTERNAL", HEX));
        assertThat(url(rump).token()).isEmpty();
    }

    @Test
    void relativeUrls() {
        assertThat(url("/INBOX/;UID=1").server()).isEmpty();
        assertThat(url("/INBOX/;UID=1").section()).isEqualTo(Section.WHOLE);
        assertThat(url(";uid=4294967295").mailbox()).isEmpty();
        assertThat(url("//joe@h/a&b=c:d@e(f)/;uid=3").mailbox()).contains("a&b=c:d@e(f)");
        assertThat(url("/%C3%BC/;UID=1/;SECTION=HEADER.FIELDS.NOT%20(%22a%22%20b)")
                        .section())
                .isEqualTo(Section.fields(true, List.of("a", "b")));
        assertThat(url("/x/;UID=1/;PARTIAL=5").partial()).contains(new PartialRange(5, Long.MAX_VALUE));
    }

    @Test
    void accessIdentifiers() {
        String rump = "imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=";
        assertThat(url(rump + "user+fred").access()).contains(new ImapUrl.OneUser("fred"));
        assertThat(url(rump + "AUTHUSER").access()).contains(new ImapUrl.AuthUser());
        assertThat(url(rump + "anonymous:INTERNAL:" + HEX + HEX).access()).contains(new ImapUrl.Anonymous());
    }

    @Test
    void whatIsNoUrlOfAMessage() {
        for (String text : List.of(
                "",
                "/",
                "//",
                "imap:",
                "imap://",
                "imap://h",
                "imap://h/",
                "imap://h/INBOX",
                "imap://h/INBOX?ALL",
                "imap:///INBOX/;UID=1",
                "imap://h:x/INBOX/;UID=1",
                "imap://joe;AUTH@h/INBOX/;UID=1",
                "imap://joe;AUTH=@h/INBOX/;UID=1",
                "imap://%zz@h/INBOX/;UID=1",
                "http://h/INBOX/;UID=1",
                "INBOX/;UID=1",
                "/INBOX;UID=1",
                "/INBOX/;UID=",
                "/INBOX/;UID=0",
                "/INBOX/;UID=01",
                "/INBOX/;UID=4294967296",
                "/INBOX/;UID=99999999999999999999999",
                "/INBOX/;UID=-1",
                "/INBOX;UIDVALIDITY=0/;UID=1",
                "/INBOX;UIDVALIDITY=1;UID=1",
                "/;UID=1",
                "/a b/;UID=1",
                "/a\"b/;UID=1",
                "/a%/;UID=1",
                "/a%4/;UID=1",
                "/a%4g/;UID=1",
                "/a%0Ab/;UID=1",
                "/%FF/;UID=1",
                "/\u00fc/;UID=1",
                "/./a/;UID=1",
                "/a/../b/;UID=1",
                "/a/;UID=1/",
                "/a/;UID=1/;SECTION=",
                "/a/;UID=1/;SECTION=1]x",
                "/a/;UID=1/;SECTION=BODY",
                "/a/;UID=1/;SECTION=MIME",
                "/a/;UID=1/;SECTION=HEADER.FIELDS%20(%7B1%7D)",
                "/a/;UID=1/;PARTIAL=",
                "/a/;UID=1/;PARTIAL=1.0",
                "/a/;UID=1/;PARTIAL=1.2.3",
                "/a/;UID=1/;PARTIAL=0.1/;SECTION=1",
                "/a/;UID=1;EXPIRE=2026-12-31T23:59:59Z",
                "/a/;UID=1;EXPIRE=2026-12-31;URLAUTH=anonymous",
                "/a/;UID=1;EXPIRE=2026-13-31T23:59:59Z;URLAUTH=anonymous",
                "/a/;UID=1;URLAUTH=",
                "/a/;UID=1;URLAUTH=nobody",
                "/a/;UID=1;URLAUTH=user+",
                "/a/;UID=1;URLAUTH=user+a;b",
                "/a/;UID=1;URLAUTH=anonymous:",
                "/a/;UID=1;URLAUTH=anonymous:internal",
                "/a/;UID=1;URLAUTH=anonymous::" + HEX,
                "/a/;UID=1;URLAUTH=anonymous:internal:" + HEX.substring(1),
                "/a/;UID=1;URLAUTH=anonymous:internal:" + HEX + "g",
                "/a/;UID=1;URLAUTH=anonymous:in_ternal:" + HEX)) {
            assertThat(ImapUrl.parse(text, Limits.AFTER_LOGIN)).as(text).isInstanceOf(ImapUrl.Invalid.class);
        }
    }

    @Test
    void brokenUrlsNeverThrow() {
        RandomGenerator random = Seeds.random("brokenUrlsNeverThrow");
        String whole = "imap://joe;AUTH=*@example.com:143/INBOX/a%20b;UIDVALIDITY=7/;UID=20"
                + "/;SECTION=1.HEADER.FIELDS%20(a)/;PARTIAL=0.10;EXPIRE=2026-12-31T23:59:59Z;URLAUTH=user+fred:INTERNAL:"
                + HEX;
        String pieces = "%;/:@[]().=?&+ \"{}0129aZ\u0000\u00fc\ud800";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(whole);
            for (int i = random.nextInt(5); i >= 0; i--) {
                int at = random.nextInt(text.length() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
                    case 1 -> text.insert(at, pieces.charAt(random.nextInt(pieces.length())));
                    default -> text.insert(at, whole, at % 60, 60 + at % 60);
                }
            }
            assertThat(ImapUrl.parse(text.toString(), Limits.AFTER_LOGIN))
                    .as("seed %s: %s", Seeds.seed(), text)
                    .isNotNull();
        }
    }
}
