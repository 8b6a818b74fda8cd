package palomar.message;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;

/// The moment and the calendar day that a Date field names, as real mail writes it: RFC 5322 3.3 and 4.3,
/// without a zone, with a two-digit year, `GMT+0100`, asctime's order, ISO 8601, comments and wrong weekdays.
///
/// @param seconds since 1970 UTC, or [Digest#NO_DATE] when the field names no day
/// @param zoneMinutes east of UTC, -1439 to 1439; 0 when none is given
public record MailDate(long seconds, int zoneMinutes) {
    public static final MailDate NONE = new MailDate(Digest.NO_DATE, 0);

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int LONGEST = 200;

    /// Never fails: what names no day is [#NONE], what names no time is midnight. RFC 5256 2.2
    public static MailDate parse(String raw) {
        Reader reader = new Reader(raw.length() > LONGEST ? raw.substring(0, LONGEST) : raw);
        return reader.read();
    }

    public boolean isNone() {
        return seconds == Digest.NO_DATE;
    }

    /// Days since 1970 of the day as written, zone disregarded; or [Digest#NO_DATE]. RFC 9051 6.4.4
    public long day() {
        return day(seconds, zoneMinutes);
    }

    /// The same without an object.
    static long day(long seconds, int zoneMinutes) {
        return seconds == Digest.NO_DATE ? Digest.NO_DATE : Math.floorDiv(seconds + zoneMinutes * 60L, 86_400L);
    }

    private static final class Reader {
        private final String text;
        private int at;
        private int day = -1;
        private int month = -1;
        private int year = -1;
        private int hour;
        private int minute;
        private int second;
        private boolean timed;
        private boolean zoned;
        private int zone;

        Reader(String text) {
            this.text = text;
        }

        MailDate read() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '(') {
                    skipComment();
                } else if (isDigit(c)) {
                    digits();
                } else if (isLetter(c)) {
                    word();
                } else if ((c == '+' || c == '-') && timed && !zoned) {
                    offset();
                } else {
                    at++;
                }
            }
            if (day < 1 || month < 1 || year < 0) {
                return NONE;
            }
            try {
                long days = LocalDate.of(year, month, day).toEpochDay();
                return new MailDate(days * 86_400 + hour * 3600L + minute * 60L + second - zone * 60L, zone);
            } catch (DateTimeException noSuchDay) {
                return NONE;
            }
        }

        private void digits() {
            int start = at;
            int value = number();
            int length = at - start;
            char after = at < text.length() ? text.charAt(at) : ' ';
            if (!timed && length <= 2 && colonFollows()) {
                time(value, ':');
            } else if (length == 4 && after == '-' && day < 0) {
                isoDate(value);
            } else if (after == '/' && length <= 2 && month < 0) {
                slashedDate(value);
            } else if (after == '.' && day < 0 && month < 0 && length <= 2 && digitFollows()) {
                dottedDate(value);
            } else if (after == '.' && !timed && length <= 2 && year >= 0 && day >= 0) {
                time(value, '.');
            } else if (length == 8 && day < 0 && month < 0) {
                year = value / 10_000;
                month = value / 100 % 100;
                day = value % 100;
            } else if (length <= 2 && day < 0) {
                day = value;
            } else if (year < 0) {
                year = fullYear(value, length);
            }
        }

        private void time(int hours, char separator) {
            timed = true;
            at++;
            skipBlanks();
            int minutes = number();
            int seconds = 0;
            int back = at;
            skipBlanks();
            if (at < text.length() && text.charAt(at) == separator) {
                at++;
                skipBlanks();
                seconds = number();
            } else {
                at = back;
            }
            if (at + 1 < text.length() && ".,".indexOf(text.charAt(at)) >= 0 && isDigit(text.charAt(at + 1))) {
                at++;
                number();
            }
            if (hours <= 24 && minutes < 60 && seconds <= 60) {
                hour = hours % 24;
                minute = minutes;
                second = Math.min(seconds, 59);
            }
        }

        /// `2024-02-29`, perhaps with `T12:00:00Z` behind it
        private void isoDate(int value) {
            int back = at;
            at++;
            int months = number();
            if (months < 1 || months > 12 || at >= text.length() || text.charAt(at) != '-') {
                at = back + 1;
                year = value;
                return;
            }
            at++;
            year = value;
            month = months;
            day = number();
            if (at < text.length() && (text.charAt(at) == 'T' || text.charAt(at) == 't')) {
                at++;
            }
        }

        /// `2/29/2024`: month first, as those who write so do, unless that can't be.
        private void slashedDate(int first) {
            at++;
            int second = number();
            boolean dayFirst = first > 12;
            month = dayFirst ? second : first;
            day = dayFirst ? first : second;
            if (at < text.length() && text.charAt(at) == '/') {
                at++;
                int start = at;
                year = fullYear(number(), at - start);
            }
        }

        /// `29.2.2024`
        private void dottedDate(int first) {
            at++;
            day = first;
            month = number();
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
                int start = at;
                year = fullYear(number(), at - start);
            }
        }

        /// Moves to a colon that comes next, blanks and comments aside. RFC 5322 A.6.3
        private boolean colonFollows() {
            int back = at;
            skipBlanks();
            if (at < text.length() && text.charAt(at) == ':') {
                return true;
            }
            at = back;
            return false;
        }

        private void skipBlanks() {
            while (at < text.length() && (RawText.isSpace(text.charAt(at)) || text.charAt(at) == '(')) {
                if (text.charAt(at) == '(') {
                    skipComment();
                } else {
                    at++;
                }
            }
        }

        private boolean digitFollows() {
            return at + 1 < text.length() && isDigit(text.charAt(at + 1));
        }

        private void word() {
            int start = at;
            while (at < text.length() && isLetter(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at).toLowerCase(Locale.ROOT);
            int found = word.length() >= 3 && month < 0 ? MONTHS.indexOf(word.substring(0, 3)) : -1;
            if (found >= 0 && found % 3 == 0) {
                month = found / 3 + 1;
            } else if (timed && (word.equals("pm") || word.equals("am"))) {
                hour = word.equals("pm") ? hour % 12 + 12 : hour % 12;
            } else if (timed && !zoned) {
                namedZone(word);
            }
        }

        /// RFC 5322 4.3; letters other than Z mean nothing, unknown names are taken as UTC.
        private void namedZone(String word) {
            int hours = switch (word) {
                case "edt" -> -4;
                case "est", "cdt" -> -5;
                case "cst", "mdt" -> -6;
                case "mst", "pdt" -> -7;
                case "pst" -> -8;
                case "bst", "cet", "met", "mez" -> 1;
                case "cest", "mest", "mesz", "eet" -> 2;
                case "eest", "msk" -> 3;
                case "jst", "kst" -> 9;
                default -> 0;
            };
            zone = hours * 60;
            boolean utc = word.equals("gmt") || word.equals("utc") || word.equals("ut");
            char after = at < text.length() ? text.charAt(at) : ' ';
            zoned = !(utc && (after == '+' || after == '-'));
        }

        private void offset() {
            int sign = text.charAt(at) == '-' ? -1 : 1;
            at++;
            int start = at;
            int value = number();
            int length = at - start;
            if (length == 0) {
                return;
            }
            int hours = length <= 2 ? value : value / 100;
            int minutes = length <= 2 ? 0 : value % 100;
            if (length <= 2 && at < text.length() && text.charAt(at) == ':') {
                at++;
                minutes = number();
            }
            zoned = true;
            zone = hours < 24 && minutes < 60 ? sign * (hours * 60 + minutes) : 0;
        }

        private int number() {
            int value = 0;
            while (at < text.length() && isDigit(text.charAt(at))) {
                value = value < 100_000_000 ? value * 10 + text.charAt(at) - '0' : value;
                at++;
            }
            return value;
        }

        /// RFC 5322 4.3
        private static int fullYear(int value, int length) {
            if (length == 2) {
                return value < 50 ? value + 2000 : value + 1900;
            }
            return length == 3 ? value + 1900 : length == 4 ? value : -1;
        }

        private void skipComment() {
            int depth = 0;
            while (at < text.length()) {
                char c = text.charAt(at++);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0) {
                    return;
                }
            }
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isLetter(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
    }
}
