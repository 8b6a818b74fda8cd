package palomar.delivery.sieve;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import palomar.sieve.Action;

/// The times of day at which messages come back. draft-ietf-extra-sieve-snooze 4. Immutable.
///
/// @param weekdays 0 (Sunday) to 6, at least one
/// @param secondsOfDay ascending, at least one
record WakingTimes(List<Integer> weekdays, List<Integer> secondsOfDay, ZoneId zone) {
    private static final int DAYS_OF_WEEK = 7;

    /// @param usual the zone of scripts that name none
    static WakingTimes of(Action.Snooze snooze, ZoneId usual) {
        return new WakingTimes(
                snooze.weekdays(),
                snooze.secondsOfDay(),
                snooze.zone().map(ZoneId::of).orElse(usual));
    }

    /// The first of them behind `now`. A time that clocks pass over is as much later as they are put forward; of
    /// one that comes twice the first counts.
    Instant next(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int i = 0; i <= DAYS_OF_WEEK; i++) {
            LocalDate day = today.plusDays(i);
            if (!weekdays.contains(number(day.getDayOfWeek()))) {
                continue;
            }
            for (int second : secondsOfDay) {
                Instant at =
                        day.atTime(LocalTime.ofSecondOfDay(second)).atZone(zone).toInstant();
                if (at.isAfter(now)) {
                    return at;
                }
            }
        }
        throw new IllegalArgumentException("no weekday or no time");
    }

    private static int number(DayOfWeek day) {
        return day.getValue() % DAYS_OF_WEEK;
    }
}
