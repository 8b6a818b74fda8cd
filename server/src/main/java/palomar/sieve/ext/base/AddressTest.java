package palomar.sieve.ext.base;

import java.util.Locale;
import java.util.Set;
import palomar.message.edit.AddressPart;
import palomar.message.edit.Field;
import palomar.message.edit.MailAddress;
import palomar.message.edit.Subaddress;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.FieldNames;
import palomar.sieve.FieldSource;
import palomar.sieve.Separators;
import palomar.sieve.Spec;
import palomar.sieve.match.Matching;

/// RFC 5228 5.1
final class AddressTest {
    /// Fields that hold addresses, in the registry of header fields and in real mail.
    private static final Set<String> ALLOWED = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "sender",
            "resent-from",
            "resent-to",
            "resent-cc",
            "resent-bcc",
            "resent-sender",
            "resent-reply-to",
            "reply-to",
            "mail-reply-to",
            "mail-followup-to",
            "errors-to",
            "return-path",
            "delivered-to",
            "envelope-to",
            "x-original-to",
            "x-envelope-to",
            "original-recipient",
            "apparently-to",
            "approved",
            "disposition-notification-to",
            "return-receipt-to",
            "list-post",
            "abuse-reports-to",
            "x-complaints-to",
            "x-report-abuse-to",
            "for-approval",
            "for-handling",
            "for-comment");

    private AddressTest() {}

    static void declare(Declarations declarations) {
        declarations.test(
                Spec.of("address")
                        .matchTags()
                        .addressTags()
                        .strings("header list")
                        .strings("key list")
                        .saying(words -> "the address in the header field " + words.of("header list") + " "
                                + words.match("key list")),
                AddressTest::compile);
    }

    private static Condition compile(Arguments arguments) {
        if (!arguments.has(":mime")) {
            checkNames(arguments);
        }
        FieldNames names = FieldNames.of(arguments.strings("header list"));
        Matching matching = arguments.matching("key list");
        AddressPart part = arguments.addressPart();
        FieldSource source = arguments.fields();
        return run -> {
            Matching.Pass pass = matching.start(run);
            Subaddress separators = Separators.of(run, part);
            for (Field field : source.fields(run, names.in(run))) {
                if (offer(pass, field, part, separators)) {
                    return true;
                }
            }
            return pass.end();
        };
    }

    /// With `:mime` any field may be looked at as if it held addresses. RFC 5703 4.2
    private static void checkNames(Arguments arguments) {
        arguments.strings("header list").list().stream()
                .filter(name -> name.constant()
                        .filter(text -> !ALLOWED.contains(text.toLowerCase(Locale.ROOT)))
                        .isPresent())
                .findFirst()
                .ifPresent(name -> arguments
                        .scope()
                        .error(
                                name.at(),
                                "specified header '" + name.constant().orElse("")
                                        + "' is not allowed for the address test: it holds no addresses"));
    }

    private static boolean offer(Matching.Pass pass, Field field, AddressPart part, Subaddress separators) {
        for (MailAddress address : field.addresses()) {
            String text = part.of(address, separators);
            if (text != null && pass.offer(text)) {
                return true;
            }
        }
        return false;
    }
}
