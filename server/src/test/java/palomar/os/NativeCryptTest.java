package palomar.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NativeCryptTest {
    private static final byte[] KEY = "Hello world!".getBytes(StandardCharsets.US_ASCII);
    private static final String HASH = "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5";

    @Test
    void hashesUnderTheSettingAtTheHeadOfAHash() {
        assertThat(NativeCrypt.available()).isTrue();
        assertThat(NativeCrypt.crypt(KEY, HASH)).contains(HASH);
        assertThat(NativeCrypt.crypt(KEY, "$5$saltstring")).contains(HASH);
    }

    @Test
    void whatLibcryptDoesNotAcceptIsEmpty() {
        assertThat(NativeCrypt.crypt(KEY, "*0")).isEmpty();
        assertThat(NativeCrypt.crypt(KEY, "")).isEmpty();
        assertThat(NativeCrypt.crypt(KEY, "$9$x")).isEmpty();
        assertThat(NativeCrypt.crypt(new byte[] {'x'}, ":")).isEmpty();
    }

    @Test
    void manyThreadsDoNotDisturbEachOther() {
        List<CompletableFuture<String>> calls = IntStream.range(0, 32)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> NativeCrypt.crypt(KEY, HASH).orElseThrow()))
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(HASH));
    }
}
