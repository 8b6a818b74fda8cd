package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.bytes.MemoryOutput;

/// RFC 9051 9: date and date-time
class ImapDateTest {

    private static String printed(Instant instant) throws IOException {
        MemoryOutput out = new MemoryOutput();
        ImapDate.writeDateTime(out, instant);
        return out.toString();
    }

    @Test
    void datesAreRead() {
        assertThat(ImapDate.parseDate("1-Feb-1994")).isEqualTo(Optional.of(LocalDate.of(1994, 2, 1)));
        assertThat(ImapDate.parseDate("01-fEB-1994")).isEqualTo(Optional.of(LocalDate.of(1994, 2, 1)));
        assertThat(ImapDate.parseDate("29-Feb-2024")).isEqualTo(Optional.of(LocalDate.of(2024, 2, 29)));
        for (String wrong : List.of(
                "",
                "-",
                "1",
                "1-",
                "29-Feb-2023",
                "0-Jan-2024",
                "32-Jan-2024",
                "1-Jan-24",
                "1-Jan-20245",
                "1-Xxx-2024",
                "1 Jan 2024",
                "1-Jan 2024",
                "001-Jan-2024",
                "a-Jan-2024",
                "1-Jan-20x4",
                " 1-Jan-2024",
                "1-Jan-2024 ",
                "+1-Jan-2024")) {
            assertThat(ImapDate.parseDate(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void timesAreReadWithTheirZone() {
        record Pair(String text, String instant) {}
        for (Pair pair : List.of(
                new Pair("17-Jul-1996 02:44:25 -0700", "1996-07-17T09:44:25Z"),
                new Pair(" 1-Jan-2024 00:00:00 +0000", "2024-01-01T00:00:00Z"),
                new Pair("01-Jan-2024 00:00:00 +0000", "2024-01-01T00:00:00Z"),
                new Pair("1-Jan-2024 00:00:00 +0530", "2023-12-31T18:30:00Z"),
                new Pair("31-Dec-2016 23:59:60 +0000", "2016-12-31T23:59:59Z"),
                new Pair("01-Jan-1969 00:00:00 +0000", "1969-01-01T00:00:00Z"))) {
            assertThat(ImapDate.parseDateTime(pair.text())).isEqualTo(Optional.of(Instant.parse(pair.instant())));
        }
        for (String wrong : List.of(
                "",
                "17-Jul-1996",
                "17-Jul-1996 02:44:25",
                "17-Jul-1996 02:44:25 0700",
                "17-Jul-1996 24:00:00 +0000",
                "17-Jul-1996 02:60:25 +0000",
                "17-Jul-1996 02:44:61 +0000",
                "17-Jul-1996 02:44:25 +0060",
                "17-Jul-1996 02:44:25 +2400",
                "17-Jul-1996 02-44-25 +0000",
                "31-Jun-1996 02:44:25 +0000",
                "17 Jul 1996 02:44:25 +0000",
                "17-Jul-1996T02:44:25 +0000",
                "17-Jul-1996 02:44:25 +00:00",
                "17-Jul-1996 -1:44:25 +0000")) {
            assertThat(ImapDate.parseDateTime(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void timesArePrintedInUtc() throws IOException {
        assertThat(printed(Instant.parse("1996-07-17T09:44:25.9Z"))).isEqualTo("\"17-Jul-1996 09:44:25 +0000\"");
        assertThat(printed(Instant.parse("2024-01-01T00:00:00Z"))).isEqualTo("\" 1-Jan-2024 00:00:00 +0000\"");
        assertThat(printed(Instant.EPOCH.minusSeconds(1))).isEqualTo("\"31-Dec-1969 23:59:59 +0000\"");
        assertThat(printed(Instant.MAX)).isEqualTo("\"31-Dec-9999 23:59:59 +0000\"");
        assertThat(printed(Instant.MIN)).isEqualTo("\" 1-Jan-0000 00:00:00 +0000\"");
    }

    @Test
    void whatIsPrintedIsReadBack() throws IOException {
        for (long second = -100_000_000_000L / 2; second < 100_000_000_000L; second += 987_654_321L) {
            Instant instant = Instant.ofEpochSecond(second);
            String quoted = printed(instant);
            assertThat(ImapDate.parseDateTime(quoted.substring(1, quoted.length() - 1)))
                    .isEqualTo(Optional.of(instant));
        }
    }
}
