package palomar.message.edit;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/// The parts of a date that scripts may ask for, each with its fixed form. RFC 5260 4.2
public enum DatePart {
    YEAR,
    MONTH,
    DAY,
    DATE,
    JULIAN,
    HOUR,
    MINUTE,
    SECOND,
    TIME,
    ISO8601,
    STD11,
    ZONE,
    WEEKDAY;

    /// Modified Julian Day of 1970-01-01.
    private static final long MODIFIED_JULIAN = 40_587;

    private static final String[] DAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    /// By its name in any case.
    public static Optional<DatePart> named(String name) {
        for (DatePart part : values()) {
            if (part.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /// The part of a date as it is called in that date's zone.
    public String of(HeaderDate date) {
        LocalDate day = LocalDate.ofEpochDay(date.day());
        int second = date.secondOfDay();
        return switch (this) {
            case YEAR -> year(day);
            case MONTH -> two(day.getMonthValue());
            case DAY -> two(day.getDayOfMonth());
            case DATE -> date(day);
            case JULIAN -> Long.toString(date.day() + MODIFIED_JULIAN);
            case HOUR -> two(second / 3600);
            case MINUTE -> two(second / 60 % 60);
            case SECOND -> second(date);
            case TIME -> time(date);
            case ISO8601 -> date(day) + "T" + time(date) + (date.zoneMinutes() == 0 ? "Z" : zone(date, ":"));
            case STD11 -> std11(date, day);
            case ZONE -> zone(date, "");
            case WEEKDAY -> Integer.toString(weekday(day));
        };
    }

    private static String std11(HeaderDate date, LocalDate day) {
        return DAYS[weekday(day)] + ", " + two(day.getDayOfMonth()) + " " + MONTHS[day.getMonthValue() - 1] + " "
                + year(day) + " " + time(date) + " " + zone(date, "");
    }

    private static int weekday(LocalDate day) {
        return day.getDayOfWeek().getValue() % 7;
    }

    private static String date(LocalDate day) {
        return year(day) + "-" + two(day.getMonthValue()) + "-" + two(day.getDayOfMonth());
    }

    private static String time(HeaderDate date) {
        int second = date.secondOfDay();
        return two(second / 3600) + ":" + two(second / 60 % 60) + ":" + second(date);
    }

    private static String second(HeaderDate date) {
        return date.leap() ? "60" : two(date.secondOfDay() % 60);
    }

    private static String zone(HeaderDate date, String between) {
        int minutes = Math.abs(date.zoneMinutes());
        return (date.zoneMinutes() < 0 ? "-" : "+") + two(minutes / 60) + between + two(minutes % 60);
    }

    private static String year(LocalDate day) {
        int year = Math.clamp(day.getYear(), 0, 9999);
        return two(year / 100) + two(year % 100);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
