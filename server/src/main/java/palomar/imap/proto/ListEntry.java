package palomar.imap.proto;

import java.util.List;
import java.util.Optional;

/// One line of a LIST response. RFC 9051 7.3.1
///
/// @param attributes as written, `\HasChildren`
/// @param separator the hierarchy separator, 0 for NIL
/// @param mailbox the name in Unicode
/// @param childInfo selection options that something below fulfils, for RECURSIVEMATCH; RFC 5258 3.5
/// @param oldName the name that the client used or knew; RFC 9051 6.3.9.7
public record ListEntry(
        List<String> attributes, char separator, String mailbox, List<String> childInfo, Optional<String> oldName) {

    public ListEntry(List<String> attributes, char separator, String mailbox) {
        this(attributes, separator, mailbox, List.of(), Optional.empty());
    }
}
