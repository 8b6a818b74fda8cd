package palomar.message.edit;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A date and time with the zone in which it is looked at. RFC 5260 4. Immutable.
///
/// @param seconds since 1970 UTC; the last second of the minute when `leap`
/// @param zoneMinutes east of UTC, less than 24 hours either way
/// @param leap it is written with a second 60
public record HeaderDate(long seconds, int zoneMinutes, boolean leap) {
    private static final int DAY = 86_400;

    /// The date-time of RFC 5322 3.3, obsolete forms (4.3) included, that makes up a value or stands behind its
    /// last semicolon; null when there is none, or none that the calendar has. A zone that is missing or unknown
    /// is UTC.
    public static @Nullable HeaderDate parse(String value) {
        int last = value.lastIndexOf(';');
        HeaderDate found = new DateReader(value.substring(last + 1)).read();
        if (found != null || last < 0 || value.indexOf('(') < 0) {
            return found;
        }
        return new DateReader(value.substring(lastOutsideComments(value) + 1)).read();
    }

    private static int lastOutsideComments(String value) {
        int last = -1;
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth = c == '(' ? depth + 1 : c == ')' && depth > 0 ? depth - 1 : depth;
            last = c == ';' && depth == 0 ? i : last;
        }
        return last;
    }

    public static HeaderDate at(Instant moment, ZoneId zone) {
        return new HeaderDate(moment.getEpochSecond(), 0, false).in(zone);
    }

    /// The same moment as it is called there; a zone's seconds are not kept.
    public HeaderDate in(ZoneId zone) {
        int offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
        return in(offset / 60);
    }

    public HeaderDate in(int otherZoneMinutes) {
        return new HeaderDate(seconds, otherZoneMinutes, leap);
    }

    /// Minutes east of UTC of a zone like `+0130`, `-0800`; empty for anything else. RFC 5260 4.1
    public static OptionalInt zone(String text) {
        if (text.length() != 5 || text.charAt(0) != '+' && text.charAt(0) != '-') {
            return OptionalInt.empty();
        }
        int number = 0;
        for (int i = 1; i < 5; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalInt.empty();
            }
            number = number * 10 + c - '0';
        }
        if (number / 100 > 23 || number % 100 > 59) {
            return OptionalInt.empty();
        }
        int minutes = number / 100 * 60 + number % 100;
        return OptionalInt.of(text.charAt(0) == '-' ? -minutes : minutes);
    }

    /// Days since 1970 of the day in its zone.
    long day() {
        return Math.floorDiv(seconds + zoneMinutes * 60L, DAY);
    }

    /// Seconds since midnight in its zone.
    int secondOfDay() {
        return (int) Math.floorMod(seconds + zoneMinutes * 60L, (long) DAY);
    }
}
