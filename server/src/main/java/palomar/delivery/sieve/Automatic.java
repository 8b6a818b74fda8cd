package palomar.delivery.sieve;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;
import palomar.smtp.proto.SmtpPath;

/// What no program may answer, so that no two of them talk to each other for ever. RFC 3834 2, RFC 5230 4.6
final class Automatic {
    private static final FieldName AUTO_SUBMITTED = FieldName.of("Auto-Submitted");
    private static final FieldName PRECEDENCE = FieldName.of("Precedence");
    private static final FieldName SUPPRESS = FieldName.of("X-Auto-Response-Suppress");
    /// RFC 2369, RFC 2919
    private static final List<FieldName> OF_LISTS = List.of(
                    "List-Id",
                    "List-Help",
                    "List-Subscribe",
                    "List-Unsubscribe",
                    "List-Post",
                    "List-Owner",
                    "List-Archive",
                    "Mailing-List",
                    "X-Mailing-List")
            .stream()
            .map(FieldName::of)
            .toList();

    private Automatic() {}

    /// Why this message gets no reply; empty: it may get one.
    static Optional<String> objection(Header header, SmtpPath sender) {
        if (isRobot(sender)) {
            return Optional.of("the sender " + sender + " is a program");
        }
        for (FieldName name : OF_LISTS) {
            if (header.has(name)) {
                return Optional.of("the message came from a list: it has " + name);
            }
        }
        if (wasAutomatic(header)) {
            return Optional.of("the message was sent by a program: it has Auto-Submitted");
        }
        if (hasWord(header, PRECEDENCE, List.of("bulk", "junk", "list"))) {
            return Optional.of("the message went to many: it has Precedence");
        }
        if (hasWord(header, SUPPRESS, List.of("all", "oof"))) {
            return Optional.of("the sender wants no automatic reply: it has X-Auto-Response-Suppress");
        }
        return Optional.empty();
    }

    /// Auto-Submitted with anything but `no`. RFC 3834 5
    static boolean wasAutomatic(Header header) {
        return header.all(AUTO_SUBMITTED).stream().map(Field::value).anyMatch(value -> {
            int end = value.indexOf(';');
            String word = (end < 0 ? value : value.substring(0, end)).strip();
            return !word.isEmpty() && !word.equalsIgnoreCase("no");
        });
    }

    private static boolean hasWord(Header header, FieldName name, List<String> words) {
        return header.all(name).stream()
                .flatMap(field -> List.of(field.value().toLowerCase(Locale.ROOT).split(",", -1)).stream())
                .anyMatch(word -> words.contains(word.strip()));
    }

    /// RFC 5230 4.6, RFC 2142 5
    private static boolean isRobot(SmtpPath sender) {
        String local = sender.local().toLowerCase(Locale.ROOT);
        return local.equals("mailer-daemon")
                || local.equals("listserv")
                || local.equals("majordomo")
                || local.startsWith("owner-")
                || local.endsWith("-request");
    }
}
