package palomar.user;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.storage.QuotaLimits;

/// A user's limits from his userdb fields, as Dovecot names them; what they do not say stays as it is for
/// everyone.
///
/// `quota_rule` and `quota_rule2` to `quota_rule9`: `*:storage=1G:messages=1000`, storage without a unit in KiB,
/// `bytes=` in bytes. `quota_storage_size=1G`, without a unit in bytes. `quota_message_count`,
/// `quota_mailbox_count`, and our own `quota_annotation_size`. 0 means no limit. A value that can't be read is
/// told to the operator and passed over; so are rules of single mailboxes, since a quota here is one user's as a
/// whole.
public final class UserQuota {
    private static final String ALL_MAILBOXES = "*";
    private static final int MOST_RULES = 9;

    private final Event events;
    private final String user;
    private QuotaLimits limits;

    private UserQuota(String user, QuotaLimits usual, Event events) {
        this.user = user;
        this.limits = usual;
        this.events = events;
    }

    public static QuotaLimits of(UserRecord user, QuotaLimits usual, Event events) {
        UserQuota quota = new UserQuota(user.name(), usual, events);
        quota.read(user.fields());
        return quota.limits;
    }

    private void read(Map<String, String> fields) {
        for (int i = 1; i <= MOST_RULES; i++) {
            String name = i == 1 ? "quota_rule" : "quota_rule" + i;
            Optional.ofNullable(fields.get(name)).ifPresent(rule -> rule(name, rule));
        }
        size(fields, "quota_storage_size", 1).ifPresent(this::storage);
        size(fields, "quota_message_count", 1).ifPresent(this::messages);
        size(fields, "quota_mailbox_count", 1)
                .ifPresent(n -> limits = new QuotaLimits(limits.storage(), limits.messages(), n, limits.annotations()));
        size(fields, "quota_annotation_size", 1)
                .ifPresent(n -> limits = new QuotaLimits(limits.storage(), limits.messages(), limits.mailboxes(), n));
    }

    private void storage(long bytes) {
        limits = limits.withStorage(bytes);
    }

    private void messages(long count) {
        limits = limits.withMessages(count);
    }

    private void rule(String name, String rule) {
        String[] parts = rule.split(":", -1);
        if (!parts[0].equals(ALL_MAILBOXES)) {
            complain(name, rule, "a rule of a single mailbox has no meaning here");
            return;
        }
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            String value = equals < 0 ? "" : parts[i].substring(equals + 1);
            switch (key) {
                case "storage" -> size(name, value, 1024).ifPresent(this::storage);
                case "bytes" -> size(name, value, 1).ifPresent(this::storage);
                case "messages" -> size(name, value, 1).ifPresent(this::messages);
                case "ignore" -> limits = QuotaLimits.NONE;
                default -> complain(name, rule, "what is " + key + "?");
            }
        }
    }

    private Optional<Long> size(Map<String, String> fields, String name, long unit) {
        String value = fields.get(name);
        return value == null ? Optional.empty() : size(name, value, unit);
    }

    /// A number with an optional unit of 1024s, `1G`, `500 MB`, `10KiB`.
    ///
    /// @param unit of a number that has none
    private Optional<Long> size(String name, String value, long unit) {
        String text = value.strip().toUpperCase(Locale.ROOT);
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        Optional<Long> factor = factor(text.substring(end).strip(), unit);
        if (end == 0 || end > 18 || factor.isEmpty()) {
            complain(name, value, "not a size like 1G");
            return Optional.empty();
        }
        long number = Long.parseLong(text, 0, end, 10);
        if (number == 0 || number > QuotaLimits.UNLIMITED / factor.get()) {
            return Optional.of(QuotaLimits.UNLIMITED);
        }
        return Optional.of(number * factor.get());
    }

    private static Optional<Long> factor(String unit, long none) {
        return switch (unit) {
            case "" -> Optional.of(none);
            case "B" -> Optional.of(1L);
            case "K", "KB", "KIB" -> Optional.of(1L << 10);
            case "M", "MB", "MIB" -> Optional.of(1L << 20);
            case "G", "GB", "GIB" -> Optional.of(1L << 30);
            case "T", "TB", "TIB" -> Optional.of(1L << 40);
            default -> Optional.empty();
        };
    }

    private void complain(String name, String value, String why) {
        events.warn(
                "quota.field", "a quota field of the userdb was passed over", "user", user, name, value, "why", why);
    }
}
