package palomar.imap;

import palomar.mail.MailboxName;

/// Mailbox names between a client and the store. There is one namespace: prefix empty, separator `/`. RFC 9051 5.1
final class Names {
    private Names() {}

    /// The name a client means; a separator at the end says that it wants to make mailboxes below (RFC 9051 6.3.4)
    /// and is not part of the name.
    ///
    /// @throws palomar.mail.MailException CANNOT for what can be no name
    static MailboxName of(String text) {
        boolean trailing = text.length() > 1 && text.charAt(text.length() - 1) == MailboxName.SEPARATOR;
        return MailboxName.of(trailing ? text.substring(0, text.length() - 1) : text);
    }

    /// Did the client give the name otherwise than in its normal form? A separator at the end does not count.
    static boolean differs(String text, MailboxName name) {
        String value = name.value();
        boolean trailing = text.length() == value.length() + 1 && text.charAt(value.length()) == MailboxName.SEPARATOR;
        return !text.equals(value) && !(trailing && text.startsWith(value));
    }
}
