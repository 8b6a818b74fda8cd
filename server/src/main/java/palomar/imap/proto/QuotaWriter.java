package palomar.imap.proto;

import java.io.IOException;
import java.util.List;

/// Prints QUOTA and QUOTAROOT responses. RFC 9208 4.2
public final class QuotaWriter {
    private final ResponseWriter out;

    public QuotaWriter(ResponseWriter out) {
        this.out = out;
    }

    /// One resource that is limited.
    ///
    /// @param name `STORAGE` and so on
    /// @param usage in the resource's unit
    public record Resource(String name, long usage, long limit) {}

    /// `* QUOTA root (STORAGE 10 512)`
    public void quota(String root, List<Resource> resources) throws IOException {
        out.output().ascii("* QUOTA ");
        out.string(root);
        out.output().ascii(" (");
        boolean first = true;
        for (Resource resource : resources) {
            out.output().ascii(first ? "" : " ");
            out.output().ascii(resource.name());
            out.output().write(' ');
            out.number(resource.usage());
            out.output().write(' ');
            out.number(resource.limit());
            first = false;
        }
        out.output().write(')');
        out.output().crlf();
    }

    /// `* QUOTAROOT mailbox root`
    public void root(String mailbox, String root) throws IOException {
        out.output().ascii("* QUOTAROOT ");
        out.mailbox(mailbox);
        out.output().write(' ');
        out.string(root);
        out.output().crlf();
    }
}
