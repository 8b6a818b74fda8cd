package palomar.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class KeyTableTest {
    @Test
    void itIsAMapOfKeysToTimes() {
        RandomGenerator random = Seeds.random("itIsAMapOfKeysToTimes");
        KeyTable table = new KeyTable();
        Map<Key, Long> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            // Few low bits, so that many want the same place.
            Key key = new Key(random.nextInt(3000), random.nextInt(5));
            if (random.nextInt(3000) == 0) {
                long before = random.nextInt(100_000);
                table.forgetBefore(before);
                model.values().removeIf(time -> time < before);
            } else {
                long time = 1 + random.nextInt(100_000);
                table.put(key, time);
                model.put(key, time);
            }
            assertThat(table.size()).as("seed %d", Seeds.seed()).isEqualTo(model.size());
            Key asked = new Key(random.nextInt(3000), random.nextInt(5));
            assertThat(table.find(asked)).as("seed %d", Seeds.seed()).isEqualTo(model.getOrDefault(asked, -1L));
        }
        Map<Key, Long> all = new HashMap<>();
        table.forEach(all::put);
        assertThat(all).isEqualTo(model);
    }

    @Test
    void timesGoBeyond2038() {
        KeyTable table = new KeyTable();
        Key key = new Key(1, 2);
        table.put(key, 4_000_000_000L);
        assertThat(table.find(key)).isEqualTo(4_000_000_000L);
    }
}
