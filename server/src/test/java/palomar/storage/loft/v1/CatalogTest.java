package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.mail.UidSet;

/// What the catalog learns from records whose mailbox it does not know any more.
class CatalogTest {
    @Test
    void anIdThatTheLogStillNamesIsNotGivenAgain() {
        for (LogRecord record : List.of(
                new LogRecord.Expunged(0x1300, false, 5, UidSet.of(1), Counters.ZERO, new long[0], 0),
                new LogRecord.Deleted(0x1300, new long[0]),
                new LogRecord.RecentClaimed(0x1300, 2))) {
            Catalog catalog = new Catalog(10);
            catalog.apply(List.of(record), new long[] {64}, new Applying());
            assertThat(catalog.boxCount()).isZero();
            assertThat(catalog.lastBox()).as("%s", record).isEqualTo(0x1300);
        }
    }
}
