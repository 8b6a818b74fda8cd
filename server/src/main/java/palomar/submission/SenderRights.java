package palomar.submission;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.auth.UserRecord;
import palomar.smtp.proto.SmtpPath;

/// From which addresses a user may send: RFC 6409 6.1
///
/// His own name, with one of our domains when it has none, and what the userdb field `sender` lists, divided by
/// commas or blanks: `info@example.org`, `@example.org` for a whole domain, `*` for all. Capitals do not matter,
/// and a detail (`anna+list`) is his too. `<>` is nobody's and everybody's: reports are sent with it. Immutable.
final class SenderRights {
    private final String user;
    private final List<String> domains;
    private final String detailSeparator;
    private final List<String> further;

    SenderRights(UserRecord record, SubmissionSettings settings) {
        this.user = record.name().toLowerCase(Locale.ROOT);
        this.domains = settings.domains();
        this.detailSeparator = settings.detailSeparator();
        String field = record.field("sender").orElse("").toLowerCase(Locale.ROOT);
        this.further = List.of(field.replace(',', ' ').replace('\t', ' ').split(" ", -1)).stream()
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    boolean owns(SmtpPath sender) {
        if (sender.isNull()) {
            return true;
        }
        String local = sender.local().toLowerCase(Locale.ROOT);
        String domain = sender.domain().toLowerCase(Locale.ROOT);
        return owns(local, domain)
                || withoutDetail(local).filter(plain -> owns(plain, domain)).isPresent();
    }

    private boolean owns(String local, String domain) {
        boolean own = user.indexOf('@') >= 0
                ? user.equals(local + "@" + domain)
                : user.equals(local) && domains.contains(domain);
        return own || further.stream().anyMatch(entry -> matches(entry, local, domain));
    }

    private static boolean matches(String entry, String local, String domain) {
        return entry.equals("*")
                || !domain.isEmpty() && entry.equals("@" + domain)
                || entry.equals(local + "@" + domain);
    }

    private Optional<String> withoutDetail(String local) {
        int cut = detailSeparator.isEmpty() ? -1 : local.indexOf(detailSeparator);
        return cut > 0 ? Optional.of(local.substring(0, cut)) : Optional.empty();
    }
}
