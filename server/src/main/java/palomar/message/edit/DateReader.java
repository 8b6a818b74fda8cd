package palomar.message.edit;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a date-time as it is defined, unlike [palomar.message.MailDate], which makes something of everything: a
/// test on a date must be false when there is none. RFC 5322 3.3, 4.3. One use.
final class DateReader {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String DAYS = "montuewedthufrisatsun";

    private final String text;
    private int at;

    DateReader(String text) {
        this.text = text;
    }

    @Nullable
    HeaderDate read() {
        skip();
        String first = word();
        if (!first.isEmpty()) {
            if (index(DAYS, first) < 0) {
                return null;
            }
            skip();
            accept(',');
            skip();
        }
        int day = number(1, 2);
        skip();
        int month = index(MONTHS, word()) + 1;
        skip();
        int year = year();
        skip();
        if (month == 0 || year < 0 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        return time(LocalDate.of(year, month, day).toEpochDay());
    }

    private @Nullable HeaderDate time(long day) {
        int hour = number(1, 2);
        skip();
        boolean colon = accept(':');
        skip();
        int minute = number(1, 2);
        skip();
        int second = 0;
        if (accept(':')) {
            skip();
            second = number(1, 2);
            skip();
        }
        if (!colon || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return null;
        }
        int zone = zone();
        boolean leap = second == 60;
        long seconds = day * 86_400 + hour * 3600L + minute * 60L + (leap ? 59 : second) - zone * 60L;
        return new HeaderDate(seconds, zone, leap);
    }

    /// RFC 5322 4.3: two digits mean 1950 to 2049, three are counted from 1900.
    private int year() {
        int start = at;
        int year = number(2, 4);
        int digits = at - start;
        if (digits == 2) {
            return year < 50 ? year + 2000 : year + 1900;
        }
        return digits == 3 ? year + 1900 : year;
    }

    /// Minutes east of UTC; 0 when it is missing or not known. Military letters other than Z mean nothing.
    /// RFC 5322 4.3
    private int zone() {
        boolean east = accept('+');
        if (east || accept('-')) {
            int number = number(4, 4);
            int minutes = number < 0 || number / 100 > 23 || number % 100 > 59 ? 0 : number / 100 * 60 + number % 100;
            return east ? minutes : -minutes;
        }
        return 60
                * switch (word()) {
                    case "edt" -> -4;
                    case "est", "cdt" -> -5;
                    case "cst", "mdt" -> -6;
                    case "mst", "pdt" -> -7;
                    case "pst" -> -8;
                    default -> 0;
                };
    }

    /// A number with so many digits; negative, with nothing read, when there is none.
    private int number(int least, int most) {
        int value = 0;
        int end = at;
        while (end < text.length() && end - at < most && isDigit(text.charAt(end))) {
            value = value * 10 + text.charAt(end++) - '0';
        }
        if (end - at < least || end < text.length() && isDigit(text.charAt(end))) {
            return -1;
        }
        at = end;
        return value;
    }

    private boolean accept(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    /// Letters, in lower case.
    private String word() {
        int start = at;
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private static int index(String names, String word) {
        int found = word.length() == 3 ? names.indexOf(word) : -1;
        return found % 3 == 0 ? found / 3 : -1;
    }

    /// Blanks and comments.
    private void skip() {
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                depth++;
            } else if (depth > 0 && c == ')') {
                depth--;
            } else if (depth > 0 && c == '\\') {
                at++;
            } else if (depth == 0 && !(c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
                return;
            }
            at++;
        }
        at = Math.min(at, text.length());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
