package palomar.delivery;

import java.util.List;
import java.util.Optional;
import palomar.smtp.proto.SmtpPath;

/// What `palomar deliver` was asked to do.
///
/// @param user whose mail it is
/// @param mailbox where it goes when that mailbox exists; else INBOX
/// @param from the sender for Return-Path; when empty, that of an mbox `From ` line, if any
/// @param recipient the address it was sent to, for Delivered-To and against loops; empty: the MTA sees to both
public record LdaRequest(String user, Optional<String> mailbox, Optional<SmtpPath> from, Optional<SmtpPath> recipient) {
    public static LdaRequest to(String user) {
        return new LdaRequest(user, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The request as words, for its way to a running server; an empty word says nothing.
    public String[] words() {
        return new String[] {
            user,
            mailbox.orElse(""),
            from.map(SmtpPath::toString).orElse(""),
            recipient.map(SmtpPath::toString).orElse("")
        };
    }

    /// What [#words] made; empty when these can't have come from there.
    public static Optional<LdaRequest> ofWords(List<String> words) {
        if (words.size() != 4 || words.getFirst().isEmpty()) {
            return Optional.empty();
        }
        Optional<SmtpPath> from = address(words.get(2));
        Optional<SmtpPath> recipient = address(words.get(3));
        if (from.isEmpty() != words.get(2).isEmpty()
                || recipient.isEmpty() != words.get(3).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new LdaRequest(words.getFirst(), Optional.of(words.get(1)).filter(m -> !m.isEmpty()), from, recipient));
    }

    /// Empty for no word, and for what is no address.
    private static Optional<SmtpPath> address(String word) {
        return word.isEmpty() ? Optional.empty() : SmtpPath.parse(word);
    }
}
