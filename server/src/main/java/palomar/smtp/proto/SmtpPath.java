package palomar.smtp.proto;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A mail address as it stands between `<` and `>`. RFC 5321 4.1.2, with UTF-8 as RFC 6531 3.3 adds it
///
/// @param local the local part without its quotes and backslashes; empty only in [#NULL]
/// @param domain a domain or an address literal with its brackets; empty when the client gave none
///     (`<postmaster>`)
public record SmtpPath(String local, String domain) {
    /// `<>`: the sender of bounces.
    public static final SmtpPath NULL = new SmtpPath("", "");

    /// An address as a person or an mbox file writes it, with or without angle brackets; empty when it is none.
    public static Optional<SmtpPath> parse(String text) {
        String path = text.startsWith("<") ? text : "<" + text + ">";
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        AddressCursor cursor = new AddressCursor(bytes, 0, bytes.length);
        try {
            SmtpPath parsed = cursor.path(true);
            return cursor.atEnd() ? Optional.of(parsed) : Optional.empty();
        } catch (BadArgument bad) {
            return Optional.empty();
        }
    }

    public boolean isNull() {
        return local.isEmpty() && domain.isEmpty();
    }

    /// True when it needs SMTPUTF8. RFC 6531 3.4
    public boolean needsUtf8() {
        return hasNonAscii(local) || hasNonAscii(domain);
    }

    private static boolean hasNonAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return true;
            }
        }
        return false;
    }

    /// The address without angle brackets, quoted only where it must be.
    public String address() {
        if (isNull()) {
            return "";
        }
        String name = needsQuotes() ? quoted() : local;
        return domain.isEmpty() ? name : name + "@" + domain;
    }

    private boolean needsQuotes() {
        if (local.isEmpty()) {
            return true;
        }
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c != '.' && c < 0x80 && !AddressCursor.isAtext(c)) {
                return true;
            }
        }
        return false;
    }

    private String quoted() {
        StringBuilder text = new StringBuilder(local.length() + 4).append('"');
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        return text.append('"').toString();
    }

    /// With angle brackets, as a reply or Return-Path shows it.
    @Override
    public String toString() {
        return "<" + address() + ">";
    }
}
