package palomar.imap;

import java.io.IOException;
import palomar.imap.proto.MessageAttribute;
import palomar.imap.proto.ResponseWriter;
import palomar.storage.MessageCursor;

/// The values of FETCH items that are [MessageAttribute]s. RFC 8474 5.3, RFC 8514 4.2, RFC 8970 3.2
final class AttributeText {
    private AttributeText() {}

    /// @param mailbox where the row lies
    static void write(
            ResponseWriter out, MessageAttribute attribute, MessageCursor row, FetchContent content, String mailbox)
            throws IOException {
        switch (attribute) {
            case EMAILID -> inParentheses(out, ObjectIds.email(row.guid()));
            case THREADID -> inParentheses(out, ObjectIds.thread(content.digest(), row.guid()));
            case SAVEDATE, X_SAVEDATE -> out.dateTime(row.savedDate());
            case PREVIEW -> out.string(content.digest().preview());
            case X_GUID -> out.astring(row.guid().toString());
            case X_MAILBOX -> out.mailbox(mailbox);
            case X_REAL_UID -> out.number(row.uid());
        }
    }

    private static void inParentheses(ResponseWriter out, String id) throws IOException {
        out.output().write('(');
        out.output().ascii(id);
        out.output().write(')');
    }
}
