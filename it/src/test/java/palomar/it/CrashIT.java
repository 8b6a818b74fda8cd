package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load: what was acknowledged is there, once and unchanged, and no number goes backward.
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("palomar.crash.rounds", 20);
    private static final long SEED = Long.getLong("palomar.seed", System.nanoTime() & 0xffff_ffffL);

    @TempDir
    private Path folder;

    @Test
    void nothingAcknowledgedIsLostOverManyKills() throws Exception {
        System.out.println("CrashIT: seed " + SEED + ", " + ROUNDS + " rounds");
        Random random = new Random(SEED);
        CrashLedger ledger = new CrashLedger();
        Path data = folder.resolve("demo");
        int base = Palomar.freeBasePort();
        for (int round = 0; round < ROUNDS; round++) {
            Palomar palomar = Palomar.demo(data, base);
            ledger.compare(palomar, "round " + round + ", seed " + SEED);
            List<CrashLoad> loads = loads(palomar, ledger, random);
            loads.forEach(CrashLoad::start);
            LockSupport.parkNanos(300_000_000L + random.nextInt(1_200) * 1_000_000L);
            palomar.kill();
            for (CrashLoad load : loads) {
                load.join();
            }
        }
        try (Palomar palomar = Palomar.demo(data, base)) {
            ledger.compare(palomar, "the end, seed " + SEED);
            Result verify = Palomar.run("doctor", "--help");
            assertThat(verify.code()).isZero();
        }
        System.out.println("CrashIT: " + ledger);
        assertThat(ledger.acknowledged()).isGreaterThan(ROUNDS * 10L);
    }

    private static List<CrashLoad> loads(Palomar palomar, CrashLedger ledger, Random random) {
        List<CrashLoad> loads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loads.add(CrashLoad.lmtp(palomar.lmtp(), ledger, random.nextLong()));
        }
        for (int i = 0; i < 3; i++) {
            loads.add(CrashLoad.append(palomar.imap(), ledger, random.nextLong()));
        }
        loads.add(CrashLoad.expunge(palomar.imap(), ledger, random.nextLong()));
        return loads;
    }
}
