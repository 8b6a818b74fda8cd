package palomar.sievetest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.message.AddrSpec;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;
import palomar.message.edit.MailAddress;
import palomar.sieve.Envelope;
import palomar.smtp.proto.SmtpPath;

/// The envelope of a test's message.
final class TestEnvelope {
    private static final String SENDER = "sender@example.com";
    private static final String RECIPIENT = "recipient@example.com";

    private TestEnvelope() {}

    /// As the fields of the message have it.
    static Envelope of(Header header) {
        String from = first(header, SENDER, "Return-Path", "Sender", "From");
        String to = first(header, RECIPIENT, "Envelope-To", "To");
        return new Envelope(
                Optional.of(from),
                Optional.of(to),
                Optional.of(to),
                Optional.of(System.getProperty("user.name", "nobody")),
                Optional.empty(),
                Optional.empty());
    }

    private static String first(Header header, String otherwise, String... names) {
        for (String name : names) {
            Field field = header.first(FieldName.of(name)).orElse(null);
            if (field == null || field.addresses().isEmpty()) {
                continue;
            }
            MailAddress address = field.addresses().getFirst();
            AddrSpec parsed = address.address();
            if (parsed != null) {
                return parsed.toString();
            }
            // Without a domain it is still an address of this host.
            if (!address.written().isEmpty() && !address.written().startsWith("@")) {
                return address.written();
            }
        }
        return otherwise;
    }

    /// A sender or recipient of `test_set`; null: the text is no address.
    static @Nullable String path(String text) {
        String bare = text.strip();
        if (bare.isEmpty() || bare.equals("<>")) {
            return "";
        }
        return SmtpPath.parse(bare).map(SmtpPath::address).orElseGet(() -> localOnly(bare));
    }

    private static @Nullable String localOnly(String text) {
        boolean bracketed = text.startsWith("<") && text.endsWith(">");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        return AddrSpec.isDotAtom(bare) ? bare : null;
    }
}
