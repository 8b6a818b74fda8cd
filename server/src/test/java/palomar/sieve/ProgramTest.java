package palomar.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.sieve.ext.Extensions;
import palomar.testkit.Seeds;

class ProgramTest {

    @Test
    void aProgramComesBackFromItsBytes() throws IOException {
        Program program = Scripts.program("require \"fileinto\"; if header :contains [\"a\", \"subject\"] \"pr\" "
                + "{ fileinto \"Bü\"; } else { stop; }");
        Program again = Extensions.language()
                .load(program.bytes(), Limits.USUAL)
                .program()
                .orElseThrow();
        assertThat(again.tree()).isEqualTo(program.tree());
        assertThat(again.bytes()).isEqualTo(program.bytes());
        assertThat(Scripts.run(again, Limits.USUAL).actions())
                .extracting(Action::name)
                .containsExactly("store");
    }

    @Test
    void aProgramOfALanguageWithMoreExtensionsIsRefused() {
        Program program = Scripts.program("require \"fileinto\"; fileinto \"x\";");
        Language poor = Extensions.language().only(Set.of("variables"));
        assertThat(poor.load(program.bytes(), Limits.USUAL).errors()).hasSize(3);
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] bytes = Scripts.program("if true { keep; }").bytes();
        RandomGenerator random = Seeds.random("damage");
        for (int i = 0; i < 2000; i++) {
            byte[] bad = bytes.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(Extensions.language().load(bad, Limits.USUAL).program()).isEmpty();
        }
        for (int size = 0; size < bytes.length; size++) {
            assertThat(Extensions.language()
                            .load(Arrays.copyOf(bytes, size), Limits.USUAL)
                            .program())
                    .isEmpty();
        }
    }

    @Test
    void theSameSourceIsCompiledOnce() {
        ProgramCache cache = new ProgramCache(2_000);
        byte[] source = "keep;".getBytes(StandardCharsets.UTF_8);
        Compilation first = cache.compile(Extensions.language(), source, Limits.USUAL);
        assertThat(cache.compile(Extensions.language(), source.clone(), Limits.USUAL))
                .isSameAs(first);
        for (int i = 0; i < 50; i++) {
            cache.compile(Extensions.language(), ("keep; # " + i).getBytes(StandardCharsets.UTF_8), Limits.USUAL);
        }
        assertThat(cache.size()).isLessThan(10);
        assertThat(cache.compile(Extensions.language(), source, Limits.USUAL)).isNotSameAs(first);
    }

    @Test
    void aTextWithALoneDotInItComesBackAsItWasWritten() throws IOException {
        Program program = Scripts.program("require \"variables\"; set \"a\" text:\n..x\n.y\r\n.\n;"
                + " if string \"${a}\" \".x\r\n.y\r\n\" { discard; }");
        assertThat(Scripts.run(program, Limits.USUAL).implicitKeep()).isFalse();
    }
}
