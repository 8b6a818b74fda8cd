package palomar.delivery.sieve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.event.JsonText;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;
import palomar.sieve.Action;

/// A notification as one object of JSON, for a web server. docs/operate/sieve.md says what is in it; members may
/// be added, none changes its meaning without another `version`.
final class WebNotice {
    private static final FieldName SUBJECT = FieldName.of("Subject");
    private static final FieldName FROM = FieldName.of("From");
    private static final FieldName MESSAGE_ID = FieldName.of("Message-ID");
    private static final FieldName AUTO_SUBMITTED = FieldName.of("Auto-Submitted");

    /// Characters of one value; what is beyond is cut.
    private static final int MOST_FIELD = 2000;

    private static final int MOST_TEXT = 32 * 1024;
    private static final int MOST_OPTIONS = 50;

    private final Action.Notify notify;
    private final Header header;
    private final String user;
    private final Instant received;

    WebNotice(Action.Notify notify, String user, Instant received) throws IOException {
        this.notify = notify;
        this.header = EditedMessage.of(notify.message().content()).header();
        this.user = user;
        this.received = received;
    }

    /// Why there is none; empty: there is one. What a program sends is worth telling, but no notification of a
    /// notification.
    Optional<String> objection() {
        boolean notification = header.all(AUTO_SUBMITTED).stream()
                .anyMatch(
                        field -> field.value().strip().toLowerCase(Locale.ROOT).startsWith("auto-notified"));
        return notification ? Optional.of("the message is a notification itself") : Optional.empty();
    }

    ByteSource content() {
        StringBuilder json = new StringBuilder(512);
        json.append("{\"version\":1");
        member(json, "user", user, MOST_FIELD);
        member(json, "from", text(FROM), MOST_FIELD);
        member(json, "subject", text(SUBJECT), MOST_FIELD);
        member(json, "message-id", text(MESSAGE_ID), MOST_FIELD);
        member(json, "received", received.truncatedTo(ChronoUnit.SECONDS).toString(), MOST_FIELD);
        json.append(",\"importance\":").append(notify.importance());
        member(json, "text", notify.text().orElse(null), MOST_TEXT);
        member(json, "notify-from", notify.from().orElse(null), MOST_FIELD);
        json.append(",\"options\":[");
        List<String> options = notify.options();
        for (int i = 0; i < options.size() && i < MOST_OPTIONS; i++) {
            json.append(i == 0 ? "" : ",");
            JsonText.string(json, cut(options.get(i), MOST_FIELD));
        }
        json.append("]}");
        return ByteSource.of(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String text(FieldName name) {
        return header.first(name).map(Field::text).map(String::strip).orElse(null);
    }

    private static void member(StringBuilder json, String name, @Nullable String value, int most) {
        json.append(",\"").append(name).append("\":");
        if (value == null) {
            json.append("null");
        } else {
            JsonText.string(json, cut(value, most));
        }
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}
