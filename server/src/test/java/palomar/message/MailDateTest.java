package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Fri, 21 Nov 1997 09:55:06 -0600        | 1997-11-21T09:55:06-06:00
            Tue, 1 Jul 2003 10:52:37 +0200         | 2003-07-01T10:52:37+02:00
            21 Nov 97 09:55:06 GMT                 | 1997-11-21T09:55:06Z
            Fri, 21 Nov 97 09:55 EST               | 1997-11-21T09:55:00-05:00
            Mon, 01 Jan 24 10:00:00 +0000          | 2024-01-01T10:00:00Z
            Thu, 13 Feb 1969 23:32:54 -0330        | 1969-02-13T23:32:54-03:30
            Mon, 1 Jan 124 10:00:00 +0000          | 2024-01-01T10:00:00Z
            Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 | 1997-11-21T09:55:06-06:00
            Thu,(a (nested) comment) 13 Feb 2020 23:32 -0330 (Newfoundland Time) | 2020-02-13T23:32:00-03:30
            Wed, 1 Jan 2024 10:00:00 GMT+0100      | 2024-01-01T10:00:00+01:00
            Mon, 1 Jan 2024 10:00:00 UT            | 2024-01-01T10:00:00Z
            Mon, 1 Jan 2024 10:00:00 Z             | 2024-01-01T10:00:00Z
            Mon, 1 Jan 2024 10:00:00 PDT           | 2024-01-01T10:00:00-07:00
            Mon, 1 Jan 2024 10:00:00 MEST          | 2024-01-01T10:00:00+02:00
            Mon, 1 Jan 2024 10:00:00 NOWHERE       | 2024-01-01T10:00:00Z
            Mon, 1 Jan 2024 10:00:00               | 2024-01-01T10:00:00Z
            Mon, 1 January 2024 10:00:00 +0100     | 2024-01-01T10:00:00+01:00
            1-Jan-2024 10:00:00 +0100              | 2024-01-01T10:00:00+01:00
            Sat Jan  6 12:34:56 2024               | 2024-01-06T12:34:56Z
            Sat Jan  6 12:34:56 PST 2024           | 2024-01-06T12:34:56-08:00
            Sat Jan  6 12:34:56 2024 +0530         | 2024-01-06T12:34:56+05:30
            Jan 6, 2024 1:34:56 PM                 | 2024-01-06T13:34:56Z
            6 Jan 2024 12:05:00 am +0000           | 2024-01-06T00:05:00Z
            2024-02-29T10:20:30Z                   | 2024-02-29T10:20:30Z
            2024-02-29T10:20:30.123+02:00          | 2024-02-29T10:20:30+02:00
            2024-02-29 10:20:30 -0800              | 2024-02-29T10:20:30-08:00
            2/29/2024 10:20:30                     | 2024-02-29T10:20:30Z
            29/2/2024 10:20:30                     | 2024-02-29T10:20:30Z
            29.2.2024 10:20:30 +0100               | 2024-02-29T10:20:30+01:00
            Thu, 29 Feb 2024 23.59.58 +0100        | 2024-02-29T23:59:58+01:00
            Thu, 29 Feb 2024 23:59:60 +0000        | 2024-02-29T23:59:59Z
            Thu, 29 Feb 2024 25:61:00 +0000        | 2024-02-29T00:00:00Z
            Thu, 29 Feb 2024                       | 2024-02-29T00:00:00Z
            Thu, 29 Feb 2024 10:00:00 +9999        | 2024-02-29T10:00:00Z
            Thu, 29 Feb 2024 10:00:00 +1           | 2024-02-29T10:00:00+01:00
            Thu,29 Feb 2024 10:00:00 +0100         | 2024-02-29T10:00:00+01:00
            """)
    void datesAreReadAsPeopleWriteThem(String written, OffsetDateTime meant) {
        MailDate date = MailDate.parse(written);
        assertThat(date.seconds()).as(written).isEqualTo(meant.toEpochSecond());
        assertThat(date.day()).as(written).isEqualTo(meant.toLocalDate().toEpochDay());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Mon, 30 Feb 2024 10:00:00 +0000",
                "Jan 2024",
                "10:00:00",
                "(1 Jan 2024",
                "1 2 3 4",
                "99999999999999999999"
            })
    void whatNamesNoDayIsNoDate(String written) {
        assertThat(MailDate.parse(written)).isEqualTo(MailDate.NONE);
        assertThat(MailDate.NONE.day()).isEqualTo(Digest.NO_DATE);
    }

    @Test
    void theDayIsTheSendersDay() {
        StoredDigest digest = Parsed.digest("Date: Mon, 1 Jan 2024 00:30:00 +0200\n\n");
        assertThat(digest.sentDay()).isEqualTo(LocalDate.of(2024, 1, 1).toEpochDay());
        assertThat(digest.sentSeconds())
                .isEqualTo(OffsetDateTime.parse("2023-12-31T22:30:00Z").toEpochSecond());
        assertThat(Parsed.digest("Subject: x\n\n").sentDay()).isEqualTo(Digest.NO_DATE);
    }
}
