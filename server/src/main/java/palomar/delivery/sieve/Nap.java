package palomar.delivery.sieve;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.mail.MessageGuid;
import palomar.sieve.Action;

/// What happens to a message that sleeps in the `\Snoozed` mailbox when it wakes up. Kept among the user's named
/// values, `sieve/nap/SECOND-GUID`, from the transaction that puts it to sleep on. Immutable.
///
/// @param due second since 1970
/// @param mailbox where it goes, as a script writes it
record Nap(
        long due,
        String mailbox,
        Optional<String> id,
        Optional<String> use,
        boolean create,
        List<String> addFlags,
        List<String> removeFlags) {
    static final String FOLDER = "sieve/nap/";
    private static final String SEPARATOR = "\n";
    private static final int FIELDS = 6;
    private static final int DIGITS = 12;

    static Nap of(Action.Snooze snooze, Instant now, ZoneId usual) {
        return new Nap(
                due(snooze, now, zone(snooze.zone(), usual)),
                snooze.mailbox().orElse("INBOX"),
                snooze.mailboxId(),
                snooze.specialUse(),
                snooze.create(),
                snooze.addFlags(),
                snooze.removeFlags());
    }

    private static ZoneId zone(Optional<String> name, ZoneId usual) {
        try {
            return name.map(ZoneId::of).orElse(usual);
        } catch (DateTimeException unknown) {
            return usual;
        }
    }

    /// The first of the times that is to come.
    private static long due(Action.Snooze snooze, Instant now, ZoneId zone) {
        ZonedDateTime today = now.atZone(zone);
        for (int days = 0; days <= 7; days++) {
            ZonedDateTime day = today.plusDays(days);
            if (!snooze.weekdays().contains(day.getDayOfWeek().getValue() % 7)) {
                continue;
            }
            for (int second : snooze.secondsOfDay()) {
                Instant moment = day.toLocalDate()
                        .atTime(LocalTime.ofSecondOfDay(second))
                        .atZone(zone)
                        .toInstant();
                if (moment.isAfter(now)) {
                    return moment.getEpochSecond();
                }
            }
        }
        return now.getEpochSecond();
    }

    /// In the order of waking.
    String name(MessageGuid guid) {
        String second = Long.toString(due);
        return FOLDER + "0".repeat(Math.max(0, DIGITS - second.length())) + second + "-" + guid;
    }

    byte[] bytes() {
        String text = String.join(
                SEPARATOR,
                mailbox,
                id.orElse(""),
                use.orElse(""),
                create ? "create" : "",
                String.join(" ", addFlags),
                String.join(" ", removeFlags));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Empty: it is none.
    static Optional<Nap> read(String name, byte[] value) {
        String[] fields = new String(value, StandardCharsets.UTF_8).split(SEPARATOR, -1);
        int dash = name.indexOf('-', FOLDER.length());
        if (fields.length != FIELDS || dash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Nap(
                    Long.parseLong(name.substring(FOLDER.length(), dash)),
                    fields[0],
                    Optional.of(fields[1]).filter(text -> !text.isEmpty()),
                    Optional.of(fields[2]).filter(text -> !text.isEmpty()),
                    !fields[3].isEmpty(),
                    words(fields[4]),
                    words(fields[5])));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /// The message, as [MessageGuid#toString] writes it.
    static String guid(String name) {
        return name.substring(name.indexOf('-', FOLDER.length()) + 1);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return List.copyOf(words);
    }
}
