package palomar.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import palomar.imap.proto.ImapUrl;
import palomar.imap.proto.Limits;

/// Feeds any text to the parser of IMAP URLs and requires: nothing is thrown; what is authorised is authorised by
/// the text in front of its token; without the token it is the same URL.
public final class ImapUrlFuzz {
    static final List<String> SEEDS = List.of(
            "imap://joe;AUTH=*@example.com:143/INBOX/a%20b;UIDVALIDITY=7/;UID=20/;SECTION=1.2.MIME/;PARTIAL=0.10"
                    + ";EXPIRE=2026-12-31T23:59:59Z;URLAUTH=submit+fred:INTERNAL:91354a473744909de610943775f92038",
            "imap://joe@[2001:db8::1]/x/;UID=1;URLAUTH=anonymous",
            "//joe%40a@h/%C3%BC/;uid=4294967295/;section=HEADER.FIELDS.NOT%20(a%20%22b%22)",
            "/INBOX/;UID=1/;PARTIAL=3",
            ";UID=1");

    private ImapUrlFuzz() {}

    public static void fuzz(byte[] in) {
        String text = new String(in, StandardCharsets.UTF_8);
        if (!(ImapUrl.parse(text, Limits.AFTER_LOGIN) instanceof ImapUrl.Valid(ImapUrl url))
                || url.token().isEmpty()) {
            return;
        }
        ImapUrl.Token token = url.token().get();
        if (!text.regionMatches(
                true, 0, token.rump() + ":" + token.mechanism() + ":" + token.hex(), 0, text.length())) {
            throw new AssertionError("the rump is not the beginning: " + token.rump());
        }
        if (!(ImapUrl.parse(token.rump(), Limits.AFTER_LOGIN) instanceof ImapUrl.Valid(ImapUrl rump))
                || !rump.access().equals(url.access())
                || !rump.mailbox().equals(url.mailbox())
                || rump.uid() != url.uid()) {
            throw new AssertionError("another URL without its token: " + token.rump());
        }
    }
}
