package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderDateTest {
    private static HeaderDate date(String value) {
        return Objects.requireNonNull(HeaderDate.parse(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tue, 15 Nov 1994 08:12:31 -0800 | 1994-11-15T08:12:31-08:00",
                "tue , 15 nov 1994 08:12 +0000 | 1994-11-15T08:12:00Z",
                "15 Nov 94 08:12:31 -0000 | 1994-11-15T08:12:31Z",
                "1 Jan 49 1:2:3 GMT | 2049-01-01T01:02:03Z",
                "1 Jan 104 01:02:03 UT | 2004-01-01T01:02:03Z",
                "Fri, 21 Nov 1997 09(comment (nested \\) ))  :   55  :  06 -0600 (x) | 1997-11-21T09:55:06-06:00",
                "1 Jan 2004 01:02:03 EST | 2004-01-01T01:02:03-05:00",
                "1 Jan 2004 01:02:03 PDT | 2004-01-01T01:02:03-07:00",
                "1 Jan 2004 01:02:03 A | 2004-01-01T01:02:03Z",
                "1 Jan 2004 01:02:03 CET | 2004-01-01T01:02:03Z",
                "1 Jan 2004 01:02:03 | 2004-01-01T01:02:03Z",
                "29 Feb 2004 23:59:60 +0130 | 2004-02-29T23:59:60+01:30",
                "from a by b; Tue, 1 Jan 2002 00:00:00 +0200 | 2002-01-01T00:00:00+02:00",
                "x; 1 Jan 2001 00:00:00 Z; 2 Jan 2002 00:00:00 Z | 2002-01-02T00:00:00Z",
                "1 Jan 2002 00:00:00 +0200 (a; b) | 2002-01-01T00:00:00+02:00",
                "by b (c; d); 1 Jan 2002 00:00:00 +0200 (a; b) | 2002-01-01T00:00:00+02:00",
                "Mon, 1 Jan 2002 00:00:00 +0200 trailing | 2002-01-01T00:00:00+02:00"
            })
    void readsDatesAsTheyAreDefined(String value, String iso) {
        assertThat(DatePart.ISO8601.of(date(value))).isEqualTo(iso);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "32 Jan 2004 00:00:00 +0000",
                "29 Feb 2003 00:00:00 +0000",
                "0 Jan 2004 00:00:00 +0000",
                "1 Foo 2004 00:00:00 +0000",
                "1 Jan 2004",
                "1 Jan 2004 24:00:00 +0000",
                "1 Jan 2004 00:60:00 +0000",
                "1 Jan 2004 00:00:61 +0000",
                "1 Jan 20044 00:00:00 +0000",
                "2004-01-01T00:00:00Z",
                "Xyz, 1 Jan 2004 00:00:00 +0000",
                "1 Jan 2004 00:00:00 +0000; later",
                "(1 Jan 2004 00:00:00 +0000"
            })
    void findsNoneInAnythingElse(String value) {
        assertThat(HeaderDate.parse(value)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "year | 1999",
                "month | 01",
                "day | 05",
                "date | 1999-01-05",
                "julian | 51183",
                "hour | 07",
                "minute | 08",
                "second | 09",
                "time | 07:08:09",
                "ISO8601 | 1999-01-05T07:08:09-03:30",
                "std11 | Tue, 05 Jan 1999 07:08:09 -0330",
                "zone | -0330",
                "Weekday | 2"
            })
    void hasParts(String part, String text) {
        HeaderDate date = date("Tue, 5 Jan 1999 07:08:09 -0330");
        assertThat(DatePart.named(part).map(known -> known.of(date))).hasValue(text);
    }

    @Test
    void isShiftedToAnotherZone() {
        HeaderDate date = date("Sat, 31 Dec 2005 23:30:00 +0000");
        assertThat(DatePart.STD11.of(date.in(60))).isEqualTo("Sun, 01 Jan 2006 00:30:00 +0100");
        assertThat(DatePart.JULIAN.of(date.in(60))).isEqualTo("53736");
        assertThat(DatePart.WEEKDAY.of(date.in(60))).isEqualTo("0");
        assertThat(DatePart.ZONE.of(date.in(0))).isEqualTo("+0000");
        assertThat(DatePart.STD11.of(date.in(ZoneId.of("America/New_York"))))
                .isEqualTo("Sat, 31 Dec 2005 18:30:00 -0500");
        assertThat(DatePart.ISO8601.of(HeaderDate.at(Instant.EPOCH, ZoneId.of("UTC"))))
                .isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void readsZonesOfScripts() {
        assertThat(HeaderDate.zone("+0130")).hasValue(90);
        assertThat(HeaderDate.zone("-0800")).hasValue(-480);
        assertThat(HeaderDate.zone("-0000")).hasValue(0);
        for (String wrong : new String[] {"", "0100", "+1", "+01:00", "+01x0", "+2400", "+0160", "UTC"}) {
            assertThat(HeaderDate.zone(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void knowsPartsByName() {
        assertThat(DatePart.named("fortnight")).isEmpty();
    }
}
