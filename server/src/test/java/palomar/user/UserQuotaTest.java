package palomar.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.storage.QuotaLimits;

/// What fields of a userdb mean for a quota.
class UserQuotaTest {
    private static final long NO = QuotaLimits.UNLIMITED;
    private static final QuotaLimits USUAL = new QuotaLimits(1000, 100, 10, 1);

    private static QuotaLimits of(Map<String, String> fields) {
        return UserQuota.of(new UserRecord("anna", fields), USUAL, Event.SILENT);
    }

    private static QuotaLimits storage(long bytes) {
        return new QuotaLimits(bytes, 100, 10, 1);
    }

    @Test
    void fieldsWinOverWhatIsUsual() {
        assertThat(of(Map.of())).isEqualTo(USUAL);
        assertThat(of(Map.of("quota_rule", "*:storage=1G:messages=1000")))
                .isEqualTo(new QuotaLimits(1L << 30, 1000, 10, 1));
        assertThat(of(Map.of("quota_rule", "*:bytes=5000"))).isEqualTo(storage(5000));
        assertThat(of(Map.of("quota_rule", "*:storage=5"))).isEqualTo(storage(5 * 1024));
        assertThat(of(Map.of("quota_rule", "*:storage=0:messages=0"))).isEqualTo(new QuotaLimits(NO, NO, 10, 1));
        assertThat(of(Map.of("quota_rule", "*:ignore"))).isEqualTo(QuotaLimits.NONE);
        assertThat(of(Map.of("quota_rule", "*:storage=1G", "quota_rule2", "*:messages=7")))
                .isEqualTo(new QuotaLimits(1L << 30, 7, 10, 1));
        assertThat(of(Map.of("quota_rule", "*:storage=1G", "quota_storage_size", "2M")))
                .isEqualTo(storage(2 << 20));
        assertThat(of(Map.of(
                        "quota_storage_size", "5000",
                        "quota_message_count", "3",
                        "quota_mailbox_count", "2",
                        "quota_annotation_size", "4k")))
                .isEqualTo(new QuotaLimits(5000, 3, 2, 4096));
    }

    @Test
    void sizesHaveUnitsOf1024() {
        for (Object[] row : List.of(
                new Object[] {"10B", 10L},
                new Object[] {"10k", 10L << 10},
                new Object[] {"10 MB", 10L << 20},
                new Object[] {"10GiB", 10L << 30},
                new Object[] {"1t", 1L << 40},
                new Object[] {" 7 ", 7L},
                new Object[] {"0", NO},
                new Object[] {"999999999999999999T", NO})) {
            assertThat(of(Map.of("quota_storage_size", (String) row[0])))
                    .as((String) row[0])
                    .isEqualTo(storage((Long) row[1]));
        }
    }

    @Test
    void whatMakesNoSenseIsPassedOverAlone() {
        for (String bad : List.of("", "x", "-1", "1X", "10%", "1.5G", "9999999999999999999", "0x10")) {
            assertThat(of(Map.of("quota_storage_size", bad, "quota_message_count", "3")))
                    .as(bad)
                    .isEqualTo(new QuotaLimits(1000, 3, 10, 1));
        }
        assertThat(of(Map.of("quota_rule", "Trash:storage=+10%"))).isEqualTo(USUAL);
        assertThat(of(Map.of("quota_rule", "*:colour=red:messages=5"))).isEqualTo(new QuotaLimits(1000, 5, 10, 1));
        assertThat(of(Map.of("quota_rule", ""))).isEqualTo(USUAL);
    }
}
