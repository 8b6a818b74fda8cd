package palomar.imap.proto;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import palomar.bytes.ByteOutput;

/// Dates as IMAP writes them: `17-Jul-1996 02:44:25 -0700` and `1-Feb-1994`. RFC 9051 9: date-time, date
public final class ImapDate {
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private ImapDate() {}

    /// `1-Feb-1994`, without quotes; empty when it is no date.
    public static Optional<LocalDate> parseDate(String text) {
        int dash = text.indexOf('-');
        if (dash < 1 || dash > 2 || text.length() != dash + 9) {
            return Optional.empty();
        }
        return date(text, 0, dash);
    }

    /// `17-Jul-1996 02:44:25 -0700`, without quotes, a day below ten with a space or a zero before it; empty when
    /// it is no date. The zone is applied, not kept.
    public static Optional<Instant> parseDateTime(String text) {
        // Some clients forget to pad the day.
        String padded = text.length() == 25 ? " " + text : text;
        if (padded.length() != 26 || padded.charAt(11) != ' ' || padded.charAt(20) != ' ') {
            return Optional.empty();
        }
        Optional<LocalDate> day = date(padded, padded.charAt(0) == ' ' ? 1 : 0, 2);
        int hour = number(padded, 12, 14);
        int minute = number(padded, 15, 17);
        int second = number(padded, 18, 20);
        int zone = zoneMinutes(padded);
        if (day.isEmpty()
                || padded.charAt(14) != ':'
                || padded.charAt(17) != ':'
                || outside(hour, 23)
                || outside(minute, 59)
                || outside(second, 60)
                || zone == Integer.MIN_VALUE) {
            return Optional.empty();
        }
        // A leap second is counted with the one before it: stores and clients know 60 seconds a minute.
        LocalDateTime local = day.get().atTime(hour, minute, Math.min(second, 59));
        return Optional.of(local.minusMinutes(zone).toInstant(ZoneOffset.UTC));
    }

    /// Prints an instant as date-time in UTC, with quotes. Years 0 to 9999; others are clipped to these.
    public static void writeDateTime(ByteOutput out, Instant instant) throws IOException {
        long seconds = Math.clamp(instant.getEpochSecond(), -62_167_219_200L, 253_402_300_799L);
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400));
        int time = (int) Math.floorMod(seconds, 86_400L);
        out.write('"');
        out.write(day.getDayOfMonth() < 10 ? ' ' : '0' + day.getDayOfMonth() / 10);
        out.write('0' + day.getDayOfMonth() % 10);
        out.write('-');
        out.ascii(MONTHS[day.getMonthValue() - 1]);
        out.write('-');
        two(out, day.getYear() / 100);
        two(out, day.getYear() % 100);
        out.write(' ');
        two(out, time / 3600);
        out.write(':');
        two(out, time / 60 % 60);
        out.write(':');
        two(out, time % 60);
        out.ascii(" +0000\"");
    }

    private static void two(ByteOutput out, int value) throws IOException {
        out.write('0' + value / 10);
        out.write('0' + value % 10);
    }

    /// The day stands at `[from, dash)`, `-Mon-yyyy` at the dash.
    private static Optional<LocalDate> date(String text, int from, int dash) {
        int day = number(text, from, dash);
        int month = month(text, dash + 1);
        int year = number(text, dash + 5, dash + 9);
        if (text.charAt(dash) != '-' || text.charAt(dash + 4) != '-' || day < 0 || month < 0 || year < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int month(String text, int at) {
        for (int i = 0; i < MONTHS.length; i++) {
            if (text.regionMatches(true, at, MONTHS[i], 0, 3)) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int zoneMinutes(String text) {
        char sign = text.charAt(21);
        int hours = number(text, 22, 24);
        int minutes = number(text, 24, 26);
        if ((sign != '+' && sign != '-') || outside(hours, 23) || outside(minutes, 59)) {
            return Integer.MIN_VALUE;
        }
        int total = hours * 60 + minutes;
        return sign == '-' ? -total : total;
    }

    private static boolean outside(int value, int largest) {
        return value < 0 || value > largest;
    }

    /// Digits only; -1 for anything else.
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Bytes.isDigit(c)) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
