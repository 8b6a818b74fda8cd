package palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.convert.ConversionLimits;
import palomar.convert.Conversions;
import palomar.convert.Converted;
import palomar.convert.MediaType;
import palomar.convert.PartContent;
import palomar.convert.Unconvertible;

class ConversionDeskTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final MediaType PLAIN = new MediaType("text", "plain");
    private static final Converted RESULT = new Converted(PLAIN, "utf-8", new byte[] {1});

    @Test
    void conversionsRunOnPlatformThreads() throws Exception {
        List<Boolean> virtual = new ArrayList<>();
        Converted result = new ConversionDesk(1, LONG).convert(() -> {
            virtual.add(Thread.currentThread().isVirtual());
            return RESULT;
        });
        assertThat(result).isSameAs(RESULT);
        assertThat(virtual).containsExactly(false);
    }

    @Test
    void whatFailsIsForLater() {
        ConversionDesk desk = new ConversionDesk(1, LONG);
        assertThatThrownBy(() -> desk.convert(() -> {
                    throw new IOException("damaged");
                }))
                .isInstanceOf(ConversionDesk.NotNow.class);
        assertThatThrownBy(() -> desk.convert(() -> {
                    throw new NoClassDefFoundError("no image library");
                }))
                .isInstanceOf(ConversionDesk.NotNow.class);
        assertThatThrownBy(() -> desk.convert(() -> Conversions.find(PLAIN, PLAIN)
                        .orElseThrow()
                        .convert(
                                new PartContent(PLAIN, "", ByteSource.of(new byte[0])),
                                Map.of(),
                                ConversionLimits.USUAL)))
                .isInstanceOf(Unconvertible.class);
    }

    @Test
    void whatTakesTooLongIsForLater() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ConversionDesk desk = new ConversionDesk(1, Duration.ofMillis(1));
        assertThatThrownBy(() -> desk.convert(() -> {
                    end.await();
                    return RESULT;
                }))
                .isInstanceOf(ConversionDesk.NotNow.class);
        end.countDown();
    }

    @Test
    void fourLargeResultsMayBeOnTheirWay() {
        ConversionDesk desk = new ConversionDesk(1, Duration.ZERO);
        List<ConversionDesk.Turn> turns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            turns.add(desk.turn());
            assertThat(turns.getLast().taken()).isTrue();
            turns.getLast().has(1 << 20);
        }
        assertThat(desk.turn().taken()).isFalse();
        // A small one gives its turn back at once, and only once.
        turns.getFirst().has(100);
        turns.getFirst().close();
        assertThat(desk.turn().taken()).isTrue();
        assertThat(desk.turn().taken()).isFalse();
        desk.atOnce(2);
        for (int i = 0; i < 4; i++) {
            assertThat(desk.turn().taken()).isTrue();
        }
        assertThat(desk.turn().taken()).isFalse();
        desk.atOnce(1);
        turns.get(1).close();
        assertThat(desk.turn().taken()).isFalse();
    }

    @Test
    void theLastConversionsAreRemembered() {
        ConversionMemory memory = new ConversionMemory();
        for (int uid = 1; uid <= 4; uid++) {
            memory.keep(new ConversionMemory.Key(uid, List.of(1), PLAIN, Map.of()), RESULT);
        }
        assertThat(memory.find(new ConversionMemory.Key(1, List.of(1), PLAIN, Map.of())))
                .isNull();
        assertThat(memory.find(new ConversionMemory.Key(2, List.of(1), PLAIN, Map.of())))
                .isSameAs(RESULT);
        assertThat(memory.find(new ConversionMemory.Key(2, List.of(2), PLAIN, Map.of())))
                .isNull();
        assertThat(memory.find(new ConversionMemory.Key(2, List.of(1), PLAIN, Map.of("charset", "utf-8"))))
                .isNull();
    }
}
