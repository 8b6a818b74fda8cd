package palomar.delivery.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WakingTimesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 2026-11-24 is a Tuesday.
                "2026-11-24T12:00:00Z | 0 1 2 3 4 5 6 | 07:30 18:00    | UTC           | 2026-11-24T18:00:00Z",
                "2026-11-24T18:00:00Z | 0 1 2 3 4 5 6 | 07:30 18:00    | UTC           | 2026-11-25T07:30:00Z",
                "2026-11-24T17:59:59.5Z | 2           | 18:00          | UTC           | 2026-11-24T18:00:00Z",
                "2026-11-24T18:00:00Z | 2             | 18:00          | UTC           | 2026-12-01T18:00:00Z",
                "2026-11-24T12:00:00Z | 0             | 00:00          | UTC           | 2026-11-29T00:00:00Z",
                "2026-11-24T12:00:00Z | 1 6           | 08:00          | UTC           | 2026-11-28T08:00:00Z",
                "2026-11-24T23:30:00Z | 3             | 00:45          | Europe/Berlin | 2026-11-24T23:45:00Z",
                "2026-11-24T23:30:00Z | 2             | 20:00          | America/New_York | 2026-11-25T01:00:00Z",
                // Clocks go forward from 02:00 to 03:00, and back from 03:00 to 02:00.
                "2026-03-28T12:00:00Z | 0 1 2 3 4 5 6 | 07:00          | Europe/Berlin | 2026-03-29T05:00:00Z",
                "2026-03-27T12:00:00Z | 6             | 07:00          | Europe/Berlin | 2026-03-28T06:00:00Z",
                "2026-03-28T12:00:00Z | 0             | 02:30          | Europe/Berlin | 2026-03-29T01:30:00Z",
                "2026-10-24T12:00:00Z | 0             | 02:30          | Europe/Berlin | 2026-10-25T00:30:00Z",
                "2026-10-25T00:45:00Z | 0 1           | 02:30          | Europe/Berlin | 2026-10-26T01:30:00Z",
                "2026-10-24T12:00:00Z | 0             | 07:00          | Europe/Berlin | 2026-10-25T06:00:00Z"
            })
    void theFirstTimeThatIsStillToCome(String now, String days, String times, String zone, String expected) {
        List<Integer> weekdays =
                Arrays.stream(days.split(" ")).map(Integer::valueOf).toList();
        List<Integer> seconds = new ArrayList<>();
        for (String time : times.split(" ")) {
            seconds.add(LocalTime.parse(time).toSecondOfDay());
        }
        assertThat(new WakingTimes(weekdays, seconds, ZoneId.of(zone)).next(Instant.parse(now)))
                .isEqualTo(Instant.parse(expected));
    }
}
