package palomar.imap.proto;

import java.io.IOException;
import java.util.List;

/// Prints ACL, LISTRIGHTS and MYRIGHTS responses. RFC 4314 3.6 to 3.8
public final class AclWriter {
    private final ResponseWriter out;

    public AclWriter(ResponseWriter out) {
        this.out = out;
    }

    /// One entry of a list, as it is shown.
    public record Entry(String identifier, String rights) {}

    /// `* ACL mailbox fred lrs anyone l`
    public void acl(String mailbox, List<Entry> entries) throws IOException {
        begin("ACL", mailbox);
        for (Entry entry : entries) {
            word(entry.identifier());
            word(entry.rights());
        }
        out.output().crlf();
    }

    /// `* LISTRIGHTS mailbox fred la r s`
    ///
    /// @param always rights that the identifier has in any case
    /// @param others rights that it may have, those in one text only together
    public void listRights(String mailbox, String identifier, String always, List<String> others) throws IOException {
        begin("LISTRIGHTS", mailbox);
        word(identifier);
        word(always);
        for (String tied : others) {
            word(tied);
        }
        out.output().crlf();
    }

    /// `* MYRIGHTS mailbox lrs`
    public void myRights(String mailbox, String rights) throws IOException {
        begin("MYRIGHTS", mailbox);
        word(rights);
        out.output().crlf();
    }

    private void begin(String response, String mailbox) throws IOException {
        out.output().ascii("* ");
        out.output().ascii(response);
        out.output().write(' ');
        out.mailbox(mailbox);
    }

    private void word(String text) throws IOException {
        out.output().write(' ');
        out.astring(text);
    }
}
